import { expect } from 'chai';
import { goModText, parseGoMod } from '../../../../../../src/adapters/images/source/go/go-module.ts';
import { kubernetesGoMod, kubernetesStamps } from '../../../../../../src/adapters/images/source/kubernetes/staging.ts';

const text = `// comment
module k8s.io/kubernetes

go 1.26.0 // the language

godebug default=go1.26

require (
\tbitbucket.org/bertimus9/systemstat v0.5.0
\tk8s.io/api v0.0.0
\t// a comment of its own line
\tk8s.io/klog/v2 v2.140.0
\tk8s.io/kube-openapi v0.0.0-20260721132016-d427ff9ee9ad
)

require k8s.io/metrics v0.0.0 // indirect

replace (
\tk8s.io/api => ./staging/src/k8s.io/api
\texample.com/fork v1.2.3 => example.com/other v1.0.0
)

replace sigs.k8s.io/yaml => sigs.k8s.io/yaml v1.6.0
`;

describe('parseGoMod', () => {
  it('reads blocks and single lines, without comments', () => {
    expect(parseGoMod(text)).to.deep.equal({
      module: 'k8s.io/kubernetes',
      goVersion: '1.26.0',
      godebug: ['default=go1.26'],
      requires: [
        { path: 'bitbucket.org/bertimus9/systemstat', version: 'v0.5.0' },
        { path: 'k8s.io/api', version: 'v0.0.0' },
        { path: 'k8s.io/klog/v2', version: 'v2.140.0' },
        { path: 'k8s.io/kube-openapi', version: 'v0.0.0-20260721132016-d427ff9ee9ad' },
        { path: 'k8s.io/metrics', version: 'v0.0.0' },
      ],
      replaces: [
        { path: 'k8s.io/api', by: './staging/src/k8s.io/api' },
        { path: 'example.com/fork', by: 'example.com/other v1.0.0' },
        { path: 'sigs.k8s.io/yaml', by: 'sigs.k8s.io/yaml v1.6.0' },
      ],
    });
  });

  it('reads what goModText writes', () => {
    const file = {
      goVersion: '1.23.8',
      godebug: ['default=go1.23'],
      require: { path: 'example.com/m', version: 'v1.2.3' },
      replaces: [{ path: 'example.com/a', by: 'example.com/b v0.1.0' }],
    };
    expect(parseGoMod(goModText(file))).to.deep.include({
      goVersion: file.goVersion,
      godebug: file.godebug,
      requires: [file.require],
      replaces: file.replaces,
    });
  });
});

describe('kubernetesGoMod', () => {
  it('replaces exactly the staging modules by the published ones of the same release', () => {
    const made = parseGoMod(kubernetesGoMod({ path: 'k8s.io/kubernetes', version: 'v1.37.2' }, parseGoMod(text)));
    expect(made.requires).to.deep.equal([{ path: 'k8s.io/kubernetes', version: 'v1.37.2' }]);
    expect(made.goVersion).to.equal('1.26.0');
    expect(made.godebug).to.deep.equal(['default=go1.26']);
    expect(made.replaces).to.deep.equal([
      { path: 'k8s.io/api', by: 'k8s.io/api v0.37.2' },
      { path: 'k8s.io/metrics', by: 'k8s.io/metrics v0.37.2' },
    ]);
  });
});

describe('kubernetesStamps', () => {
  it('splits the version', () => {
    const name = 'k8s.io/component-base/version';
    expect(kubernetesStamps('v1.37.2')).to.include({
      [`${name}.gitVersion`]: 'v1.37.2',
      [`${name}.gitMajor`]: '1',
      [`${name}.gitMinor`]: '37',
    });
  });
});
