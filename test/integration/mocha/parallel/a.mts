import { loadScenarios } from '../../../../src/index.ts';
import { describeScenarios } from '../../../../src/mocha/index.ts';

describeScenarios(loadScenarios([`${import.meta.dirname}/../deny.yaml`]), { print: () => {} });
