import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { explainCommand } from '../../../src/cli/verbs/explain.ts';
import { impactCommand } from '../../../src/cli/verbs/impact.ts';
import { matrixCommand } from '../../../src/cli/verbs/matrix.ts';
import { ScenarioError, UsageError } from '../../../src/core/diagnostics/errors.ts';

const PODS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{ports: [{containerPort: 8080, name: http}]}]}
---
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop, labels: {app: api}}, spec: {}}
---
{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: shop, labels: {app: api}}, spec: {}}
---
{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: other, labels: {app: web}}, spec: {}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}}
`;
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector:
    matchLabels: {app: web}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: api, env: prod}}
    - podSelector: {matchLabels: {app: web}}
    ports:
    - port: http
`;

describe('the verbs of the oracle', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netproof-oracle-'));
    mkdirSync(join(folder, 'all'));
    writeFileSync(join(folder, 'all', 'pods.yaml'), PODS);
    writeFileSync(join(folder, 'all', 'policy.yaml'), POLICY);
    writeFileSync(join(folder, 'pods.yaml'), PODS);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = async (verb: (write: (text: string) => void) => Command, ...args: string[]) => {
    let printed = '';
    const command = verb((text) => {
      printed += text;
    });
    await command.exitOverride().parseAsync(args, { from: 'user' });
    return printed.replaceAll(folder, 'DIR');
  };
  const all = () => join(folder, 'all');
  const failure = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
      () => expect.fail('did not fail'),
      (error) => error,
    );

  it('explain names the nearest miss with its place, and what would open it', async () => {
    const text = await run(explainCommand, '--from', 'shop/a', '--to', 'shop/web', '--port', '8080', all());
    expect(text).to.equal(`shop/a -> shop/web:8080/TCP: denied
  egress of shop/a: allowed: no policy isolates it
  ingress of shop/web: denied: no rule of the 1 policy that isolates it admits it
    shop/web (DIR/all/policy.yaml:1:1)
      spec.ingress[0] (DIR/all/policy.yaml:8:5) does not admit it
        from[0] (DIR/all/policy.yaml:9:7) asks for pods with app=api, env=prod in its own namespace shop; shop/a has app=api, but has no label env
    to open it, add to spec.ingress of shop/web: {"from":[{"podSelector":{"matchLabels":{"app":"api"}}}],"ports":[{"protocol":"TCP","port":8080}]}
`);
  });

  it('explain takes imagined pods and Services, and prints JSON', async () => {
    const ends = ['--from', 'shop/app=api,env=prod', '--to', 'service/shop/web', '--port', '80'];
    const answered = JSON.parse(await run(explainCommand, ...ends, '--json', all()));
    expect(answered).to.deep.include({ to: 'service/shop/web', port: 80, verdict: 'allowed', openQuestions: [] });
    const { backends } = answered;
    expect(backends).to.have.length(2);
    expect(backends[0]).to.deep.include({
      from: 'shop/app=api,env=prod',
      to: 'shop/web',
      port: 8080,
      verdict: 'allowed',
    });
    expect(backends[0].ingress.policies[0].rules[0].peer.part).to.deep.include({
      policy: 'shop/web',
      path: ['spec', 'ingress', 0, 'from', 0],
    });
  });

  it('explain takes what is known of the plugin', async () => {
    writeFileSync(join(folder, 'all', 'shut.yaml'), POLICY.replace(/spec:[\s\S]*/, 'spec: {policyTypes: [Egress]}'));
    const ask = async (...more: string[]) => {
      const ends = ['--from', 'shop/a', '--to', 'node/n1', '--port', '80', '--json'];
      return JSON.parse(await run(explainCommand, ...ends, ...more, all())).verdict;
    };
    expect(await ask()).to.equal('undefined');
    expect(await ask('--to-own-node', 'policy')).to.equal('denied');
  });

  /** What a verb says on stderr. */
  const noted = async (verb: Parameters<typeof run>[0], ...args: string[]): Promise<string> => {
    const { write } = process.stderr;
    let said = '';
    process.stderr.write = (text) => {
      said += text;
      return true;
    };
    try {
      await run(verb, ...args);
    } finally {
      process.stderr.write = write;
    }
    return said.replaceAll(folder, 'DIR');
  };

  it('explain says which rules have no effect where no policy isolates', async () => {
    const idle = POLICY.replace('  podSelector:', '  policyTypes: [Egress]\n  podSelector:');
    writeFileSync(join(folder, 'all', 'policy.yaml'), idle);
    const text = await run(explainCommand, '--from', 'shop/a', '--to', 'shop/web', '--port', '8080', all());
    expect(text).to.match(
      /no policy isolates it\n {4}spec.ingress of shop\/web \(DIR\/all\/policy.yaml:\d:\d+\) has no effect: policyTypes lacks Ingress\n$/,
    );
  });

  it('say which policies take the place of others', async () => {
    writeFileSync(join(folder, 'again.yaml'), POLICY);
    const files = [all(), join(folder, 'again.yaml')];
    const note = 'note: DIR/again.yaml:1:1 replaces shop/web of DIR/all/policy.yaml:1:1\n';
    expect(await noted(matrixCommand, ...files)).to.equal(note);
    expect(await noted(impactCommand, all(), all(), '--with', join(folder, 'again.yaml'))).to.include(
      'replaces shop/web of',
    );
  });

  it('explain says that it knows nothing of a namespace', async () => {
    const ends = ['--from', 'elsewhere/app=api', '--to', 'shop/web', '--port', '8080'];
    expect(await noted(explainCommand, ...ends, all())).to.equal(
      'note: namespace elsewhere is not in the input: taken to have no labels of its own\n',
    );
  });

  it('explain refuses ends, ports and Services that are not there', async () => {
    const refusal = async (from: string, to: string, port: string) => {
      const error = await failure(run(explainCommand, '--from', from, '--to', to, '--port', port, all()));
      expect(error).to.be.instanceOf(UsageError);
      return (error as UsageError).code;
    };
    expect(await refusal('shop/aa', 'shop/b', '80')).to.equal('end-unknown');
    for (const labels of ['shop/app=-', 'shop/a b=c', 'shop/app=x,app=y', 'shop/app', 'Shop/app=x', 'shop/=x']) {
      expect(await refusal(labels, 'shop/b', '80'), labels).to.equal('end-unknown');
    }
    expect(await refusal('shop/a', 'shop/b', '80/ICMP')).to.equal('port-invalid');
    expect(await refusal('shop/a', 'shop/b', '0')).to.equal('port-invalid');
    expect(await refusal('shop/a', 'service/shop/none', '80')).to.equal('service-unknown');
    expect(await refusal('shop/a', 'service/shop/web', '81')).to.equal('service-port-unknown');
  });

  it('matrix takes pods of equal fate together', async () => {
    const text = await run(matrixCommand, '--port', '8080, 81/UDP', all());
    expect(text).to.include('shop/web+1: shop/web shop/web#2').and.include('shop/a+2: shop/a shop/b other/p');
    const json = await run(matrixCommand, '--format', 'json', '--no-outside', '--port', '8080', all());
    const { groups, connections } = JSON.parse(json);
    expect(groups).to.deep.equal([
      ['shop/web', 'shop/web#2'],
      ['shop/a', 'shop/b', 'other/p'],
    ]);
    expect(connections).to.deep.equal([
      { from: 'shop/web+1', to: 'shop/web+1', port: 8080, protocol: 'TCP', verdict: 'allowed' },
      { from: 'shop/web+1', to: 'shop/a+2', port: 8080, protocol: 'TCP', verdict: 'allowed' },
      { from: 'shop/a+2', to: 'shop/web+1', port: 8080, protocol: 'TCP', verdict: 'denied' },
      { from: 'shop/a+2', to: 'shop/a+2', port: 8080, protocol: 'TCP', verdict: 'allowed' },
    ]);
  });

  it('matrix as CSV has a line for each pair', async () => {
    const csv = await run(matrixCommand, '--format', 'csv', '--no-outside', '--port', '8080', all());
    const lines = csv.trimEnd().split('\n');
    expect(lines[0]).to.equal('from,to,port,protocol,verdict');
    expect(lines).to.have.length(1 + 5 * 4);
    expect(lines).to.include('shop/a,shop/web,8080,TCP,denied').and.include('shop/web#2,shop/web,8080,TCP,allowed');
  });

  it('matrix asks for ends outside too, and for ports that nothing names', async () => {
    const { groups, outside, connections } = JSON.parse(
      await run(matrixCommand, '--format', 'json', '--family', 'IPv4', all()),
    );
    expect(groups[2]).to.deep.equal(['192.0.2.1', 'node/another']);
    expect(outside[0]).to.deep.equal({ name: '192.0.2.1', stands: 'any other IPv4 address' });
    const others = { port: 65535, protocol: 'TCP', others: ['TCP', 'UDP', 'SCTP'] };
    expect(connections).to.deep.include({ from: '192.0.2.1+1', to: 'shop/web+1', ...others, verdict: 'denied' });
    expect(connections).to.deep.include({ from: '192.0.2.1+1', to: 'shop/a+2', ...others, verdict: 'allowed' });
    const text = await run(matrixCommand, '--family', 'IPv4', all());
    expect(text).to.include('192.0.2.1: any other IPv4 address').and.include('65535/TCP: any other port');
  });

  it('impact says what opens and what closes', async () => {
    const only = ['--port', '8080', '--no-outside'];
    expect(await run(impactCommand, join(folder, 'pods.yaml'), all(), ...only)).to.equal(
      `closes (6):
  shop/a -> shop/web: 8080/TCP
  shop/a -> shop/web#2: 8080/TCP
  shop/b -> shop/web: 8080/TCP
  shop/b -> shop/web#2: 8080/TCP
  other/p -> shop/web: 8080/TCP
  other/p -> shop/web#2: 8080/TCP
`,
    );
    const opened = JSON.parse(await run(impactCommand, all(), join(folder, 'pods.yaml'), ...only, '--json'));
    expect(opened).to.have.length(6);
    expect(opened[0]).to.deep.include({ before: 'denied', after: 'allowed' });
    expect(await run(impactCommand, all(), all())).to.equal('nothing changes\n');
  });

  it('tell a Pod and a workload of one name apart, and pair each with itself', async () => {
    writeFileSync(join(folder, 'all', 'z.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n');
    const ask = (to: string) => run(explainCommand, '--from', 'shop/a', '--to', to, '--port', '8080', all());
    expect(await ask('shop/web')).to.match(/: allowed\n/);
    expect(await ask('shop/web (Deployment)')).to.match(/: denied\n/);
    expect(await run(impactCommand, all(), join(folder, 'pods.yaml'), '--port', '8080', '--no-outside')).to.include(
      'shop/a -> shop/web (Deployment): 8080/TCP',
    );
  });

  it('impact says which policyTypes stay as the server filled them in', async () => {
    const types = (rest: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {matchLabels: {app: api}}${rest}}
`;
    writeFileSync(join(folder, 'old.yaml'), types(''));
    writeFileSync(join(folder, 'new.yaml'), types(', egress: [{to: [{podSelector: {}}]}]'));
    const files = [join(folder, 'old.yaml'), join(folder, 'new.yaml'), '--with', join(folder, 'pods.yaml')];
    expect(await run(impactCommand, ...files)).to.equal('nothing changes\n');
    expect(await noted(impactCommand, ...files)).to.include('policyTypes of shop/web stay [Ingress]');
  });

  it('impact asks for a second side where there is no cluster to compare with', async () => {
    const failure = await run(impactCommand, all()).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(UsageError).and.to.have.property('code', 'impact-one-sided');
  });

  it('take a scenario, after a step', async () => {
    const scenario = join(folder, 'scenario.yaml');
    writeFileSync(join(folder, 'deny.policy.yaml'), POLICY.replace('namespace: shop', 'namespace: default'));
    writeFileSync(
      scenario,
      `title: A policy comes and goes
why: To be asked about.
origin: none
tags: [test]
namespaces:
  default:
    pods:
      web: { labels: { app: web }, ports: [80] }
      client: {}
steps:
  - { name: closed, apply: [deny.policy.yaml], expect: { deny: ["*->default/web"] } }
  - { name: open, delete: [web], expect: { allow: all } }
`,
    );
    const ask = (...more: string[]) =>
      run(explainCommand, '--from', 'default/client', '--to', 'default/web', '--port', '80', ...more, scenario);
    expect(await ask()).to.match(/^default\/client -> default\/web:80\/TCP: allowed/);
    expect(await ask('--step', 'closed'))
      .to.include('denied')
      .and.include('deny.policy.yaml:8:5');
    expect(await failure(ask('--step', 'none'))).to.be.instanceOf(UsageError);
    const both = run(matrixCommand, scenario, all());
    expect(((await failure(both)) as UsageError).code).to.equal('scenario-among-manifests');
  });

  it('pass over files that are neither manifests nor scenarios', async () => {
    mkdirSync(join(folder, 'all', 'sub.yaml'));
    writeFileSync(join(folder, 'all', 'empty.yaml'), '# nothing\n');
    writeFileSync(join(folder, 'all', 'package.json'), '{"name": "x", "version": "1.0.0"}');
    expect(await run(matrixCommand, '--port', '80', all())).to.include('shop/a');
    const named = run(matrixCommand, join(folder, 'all', 'package.json'));
    expect(((await failure(named)) as UsageError).code).to.equal('file-kind-unknown');
    symlinkSync('nowhere', join(folder, 'all', 'dead.yaml'));
    expect(((await failure(run(matrixCommand, all()))) as UsageError).code).to.equal('file-unreadable');
  });

  it('explain says of an ExternalName Service that it has no ports', async () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata: {name: x, namespace: shop}\nspec: {type: ExternalName, externalName: x.example}\n';
    writeFileSync(join(folder, 'all', 'external.yaml'), text);
    const asking = run(explainCommand, '--from', 'shop/a', '--to', 'service/shop/x', '--port', '80', all());
    const { code, hint } = (await failure(asking)) as UsageError;
    expect(code).to.equal('service-port-unknown');
    expect(hint).to.match(/^it has no ports/);
  });

  it('refuse a step where there is no scenario', async () => {
    const ends = ['--from', 'shop/a', '--to', 'shop/web', '--port', '8080'];
    const error = (await failure(run(explainCommand, ...ends, '--step', '1', all()))) as UsageError;
    expect(error).to.be.instanceOf(UsageError).and.include({ code: 'step-without-scenario' });
  });

  it('refuse broken files, unreadable ones, none, and files without pods', async () => {
    writeFileSync(join(folder, 'broken.yaml'), POLICY.replace('from:', 'form:'));
    const broken = (await failure(run(matrixCommand, join(folder, 'broken.yaml')))) as ScenarioError;
    expect(broken).to.be.instanceOf(ScenarioError);
    expect(broken.problems[0]).to.deep.include({ code: 'manifest-unknown-field', hint: 'did you mean "from"?' });
    const codeOf = async (...files: string[]) => ((await failure(run(matrixCommand, ...files))) as UsageError).code;
    expect(await codeOf(join(folder, 'none.yaml'))).to.equal('file-unreadable');
    expect(await codeOf()).to.equal('no-input');
    expect(await codeOf(join(folder, 'all', 'policy.yaml'))).to.equal('no-pods');
  });
});
