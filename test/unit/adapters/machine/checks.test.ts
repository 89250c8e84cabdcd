import { expect } from 'chai';
import { diskCheck, freeBytes } from '../../../../src/adapters/machine/disk-check.ts';
import { memoryCheck } from '../../../../src/adapters/machine/memory-check.ts';
import { engineCheck, imageChecks, kindCheck, nodeCheck } from '../../../../src/adapters/machine/tool-checks.ts';

const gib = 1024 ** 3;

describe('checks of the machine', () => {
  it('judge memory and disk by what a cluster needs', () => {
    expect([1, 3, 5].map((size) => memoryCheck(size * gib).level)).to.deep.equal(['lack', 'warn', 'ok']);
    expect([1, 10, 30].map((size) => diskCheck(size * gib, '/x').level)).to.deep.equal(['lack', 'warn', 'ok']);
  });

  it('find the free space of a folder that is not there yet', async () => {
    expect(await freeBytes('/no/such/folder')).to.equal(await freeBytes('/'));
  });

  it('compare versions of Node.js as numbers', () => {
    const level = (version: string) => nodeCheck(version, '>=22.22').level;
    expect(['v20.20.2', 'v22.9.0', 'v22.22.0', 'v24.0.0', 'v100.0.0'].map(level)).to.deep.equal([
      'lack',
      'lack',
      'ok',
      'ok',
      'ok',
    ]);
  });

  it('count an engine that netproof installs itself as no lack', () => {
    const missing = { found: false, reason: undefined } as const;
    expect(engineCheck(missing, { automatic: true, hint: '' }).level).to.equal('ok');
    expect(engineCheck(missing, { automatic: false, hint: 'Run: brew install x' })).to.deep.include({
      level: 'lack',
      remedy: 'brew install x',
    });
    const engine = { docker: '/d', env: {}, kind: 'found', version: '28.0', hasBuildx: true } as const;
    expect(engineCheck({ found: true, engine }, { automatic: false, hint: '' }).found).to.equal('docker 28.0');
  });

  it('need Go for kind only where there is no kind, and say how to get it', () => {
    expect(kindCheck('/usr/bin/kind', undefined)).to.include({ level: 'ok', found: '/usr/bin/kind' });
    expect(kindCheck(undefined, '/go').level).to.equal('ok');
    const lack = kindCheck(undefined, undefined);
    expect(lack.level).to.equal('lack');
    expect(lack.remedy).to.be.a('string');
  });

  it('need Go for images only where no registry answers', () => {
    const levels = (...args: Parameters<typeof imageChecks>) => imageChecks(...args).map(({ level }) => level);
    expect(levels({ answers: true }, undefined)).to.deep.equal(['ok', 'ok']);
    expect(levels({ answers: false, reason: 'x' }, '/go')).to.deep.equal(['warn', 'ok']);
    expect(levels({ answers: false, reason: 'x' }, undefined)).to.deep.equal(['warn', 'lack']);
    expect(levels(undefined, undefined)).to.deep.equal(['ok', 'warn']);
  });
});
