import fc from 'fast-check';

/**
 * The seed of every property. The same for everybody by default, so that a red run says that the change broke
 * something; nightly runs draw a new one (`NETPROOF_SEED=random`), and a failure is repeated with the seed it prints.
 */
const seed = process.env.NETPROOF_SEED ?? '20261123';
fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });
