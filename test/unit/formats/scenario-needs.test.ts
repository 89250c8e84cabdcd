import { expect } from 'chai';
import { needsOf } from '../../../src/core/scenario/needs.ts';
import { reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

describe('the needs of a scenario', () => {
  it('are those that its file states', () => {
    expect(needsOf(scenarioOf({ head: 'title: t\nwhy: w\nneeds: [two-nodes, soak]' }))).to.deep.equal([
      'two-nodes',
      'soak',
    ]);
  });

  it('are those that its pods and steps imply, each once', () => {
    const pods = '      a: {ports: [80/SCTP]}\n      b: {labels: {app: b}, ports: [80]}';
    const steps = '  - {name: one, restart-agent: kill}\n  - {name: two, restart-agent: delete}';
    expect(needsOf(scenarioOf({ pods, steps }))).to.deep.equal(['agent-restart', 'nodes-as-containers', 'sctp']);
  });

  it('are those of the API server where a step restarts it or cuts nodes off from it', () => {
    const steps = `  - {name: one, restart-api-server: kill}
  - {name: two, cut-api-server: all, join-api-server: all}`;
    expect(needsOf(scenarioOf({ steps }))).to.deep.equal(['api-server-restart', 'api-server-cut']);
  });

  it('are two nodes where a pod is pinned to the second', () => {
    const pods = '      a: {node: 1, labels: {app: a}, ports: [80]}\n      b: {labels: {app: b}, ports: [80]';
    expect(needsOf(scenarioOf({ pods: `${pods}}` }))).to.deep.equal([]);
    expect(needsOf(scenarioOf({ pods: `${pods}, node: {other: x/a}}` }))).to.deep.equal(['two-nodes']);
  });

  it('have names of their own', () => {
    const { problems } = reading(scenarioText({ head: 'title: t\nwhy: w\nneeds: [two-noodles]' }));
    expect(problems.map(({ message }) => message)[0]).to.match(
      /^needs\[0\]: expected "static" or .*, found "two-noodles"$/,
    );
  });
});
