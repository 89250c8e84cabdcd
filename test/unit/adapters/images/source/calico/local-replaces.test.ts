import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { calicoCheckout } from '../../../../../../src/adapters/images/source/calico/calico-checkout.ts';
import { UsageError } from '../../../../../../src/core/diagnostics/errors.ts';
import { CalicoFolder } from '../../../../../support/calico-folder.ts';

const api = 'github.com/projectcalico/api';
const goModText = (required: string, by: string) => `module github.com/projectcalico/calico

go 1.23.8

require ${api} ${required}

replace (
	${api} => ${by}
	k8s.io/api => k8s.io/api v0.29.15
)
`;
const none = 'v0.0.0-00010101000000-000000000000';

/** Edits as the real one is asked to; every module has the same sums. */
const go = `#!/bin/sh
echo "$*" >>"$CALLS"
case "$2" in
  edit) for file; do :; done; echo "// $3" >>"$file" ;;
  download) echo '{"Dir":"/mod","Sum":"h1:sum","GoModSum":"h1:mod"}' ;;
esac
`;

describe('modules that go.mod takes from folders', () => {
  let calico: CalicoFolder;
  const path = process.env.PATH;
  const source = () => calicoCheckout(calico.context(), calico.path);
  const refusal = async () => {
    const error = await source().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(UsageError).with.property('code', 'calico-checkout-incomplete');
    return error as UsageError;
  };
  beforeEach(async () => {
    calico = await CalicoFolder.make();
    await mkdir(calico.at('../bin'));
    await writeFile(calico.at('../bin/go'), go);
    await chmod(calico.at('../bin/go'), 0o755);
    process.env.PATH = `${calico.at('../bin')}${delimiter}${path}`;
    process.env.CALLS = calico.at('../calls');
  });
  afterEach(async () => {
    process.env.PATH = path;
    delete process.env.CALLS;
    await calico[Symbol.asyncDispose]();
  });

  it('are left alone where they are there', async () => {
    await calico.write('go.mod', goModText(none, './api'));
    await calico.write('api/go.mod', `module ${api}\n`);
    const { buildArgs, needs } = await source();
    expect(buildArgs).not.to.include('-modfile');
    expect(needs.map((step) => step.title)).to.deep.equal(['write the overlay of the Calico checkout']);
  });

  it("are published ones where the folder is missing, as in a copy of Go's module cache: those of the release", async () => {
    await calico.write('go.mod', goModText(none, './api'));
    await calico.write('go.sum', 'example.com/a v1.0.0 h1:a=');
    await calico.write('manifests/calico.yaml', '          image: docker.io/calico/node:v3.28.5\n');
    for (const file of ['go.mod', 'go.sum']) await chmod(calico.at(file), 0o444);
    const before = await source();
    const { buildArgs, needs, provenance } = before;
    const version = 'v0.0.0-20240708202104-e3f70b269c2c';
    expect(provenance).to.match(new RegExp(` content [0-9a-f]{16} with ${api} ${version}$`));

    await needs.at(-1)?.make();
    const modFile = buildArgs[buildArgs.indexOf('-modfile') + 1] ?? '';
    expect(await readFile(modFile, 'utf8')).to.equal(
      `${goModText(none, './api')}// -replace=${api}=${api}@${version}\n`,
    );
    expect(await readFile(join(modFile, '../build.sum'), 'utf8')).to.equal(
      `example.com/a v1.0.0 h1:a=\n${api} ${version} h1:sum\n${api} ${version}/go.mod h1:mod\n`,
    );
    expect(calico.progress.lines).to.include(
      `note not in ${calico.path}: building with ${api} ${version} in place of ./api`,
    );
    await before.verify();
  });

  it('are published ones of the version that go.mod requires, where it says one', async () => {
    await calico.write('go.mod', goModText('v0.0.0-20250101000000-0123456789ab', './api'));
    expect((await source()).provenance).to.match(/ with \S+ v0\.0\.0-20250101000000-0123456789ab$/);
  });

  it('are asked for where nothing says which version they would be', async () => {
    await calico.write('go.mod', goModText(none, './api'));
    await mkdir(calico.at('api'));
    const { message, hint } = await refusal();
    expect(message).to.include(`takes ${api} from ./api`);
    expect(hint).to.include('Copy ./api from a git clone').and.to.include(`replace ${api} => ${api} VERSION`);
  });

  it('are asked for where they were put beside the checkout, whatever version is required', async () => {
    await calico.write('go.mod', goModText('v1.0.0', '../api'));
    expect((await refusal()).hint).to.equal(`Put it at ${calico.at('../api')}, or take the replacement out of go.mod.`);
  });
});
