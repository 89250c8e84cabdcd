import { expect } from 'chai';
import { reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

const head = (connections: string): string => ['title: t', 'why: w', `connections: ${connections}`].join('\n');
const wrong = (connections: string): readonly string[] =>
  reading(scenarioText({ head: head(connections) })).problems.map(({ message }) => message);

describe('the connections of a scenario', () => {
  it('are patterns of cells, with a source port or without', () => {
    const { connections } = scenarioOf({
      head: head('["x/a->x/b:80 via pod-ip", { cells: "x/a->x/b:80 via pod-ip", sourcePort: 5000 }]'),
    });
    expect(connections?.map(({ pattern, sourcePort }) => [pattern, sourcePort])).to.deep.equal([
      ['x/a->x/b:80 via pod-ip', undefined],
      ['x/a->x/b:80 via pod-ip', 5_000],
    ]);
  });

  it('begin at a port that agents take for nothing else', () => {
    for (const port of ['1023', '10000', '"5000"']) {
      expect(wrong(`[{ cells: "x/a->x/b:80", sourcePort: ${port} }]`).join(), port).to.include('1024 to 9999');
    }
  });

  it('are of cells that there are', () => {
    expect(wrong('[{ cells: "x/a->x/nobody:80", sourcePort: 5000 }]').join()).to.include('x/nobody');
    expect(wrong('[{ sourcePort: 5000 }]').join()).to.include('cells');
  });
});
