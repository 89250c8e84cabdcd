import { loadScenarios } from 'netproof';
import { describeScenarios } from 'netproof/mocha';

describeScenarios(loadScenarios(['scenarios/']));
