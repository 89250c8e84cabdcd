import { expect } from 'chai';
import { isBehind, portOn } from '../../../../src/core/model/service-pods.ts';

describe('the pods behind a Service', () => {
  const service = { namespace: 'x', selector: { app: 'web', tier: 'front' } };

  it('have every label of its selector', () => {
    expect(isBehind(service, { namespace: 'x', labels: { app: 'web', tier: 'front', more: '1' } })).to.equal(true);
    expect(isBehind(service, { namespace: 'x', labels: { app: 'web' } })).to.equal(false);
    expect(isBehind(service, { namespace: 'x', labels: { app: 'web', tier: 'back' } })).to.equal(false);
  });

  it('are of its own namespace', () => {
    expect(isBehind(service, { namespace: 'y', labels: service.selector })).to.equal(false);
  });

  it('are none where it has no selector: its endpoints are then somebody else’s', () => {
    expect(isBehind({ namespace: 'x', selector: {} }, { namespace: 'x', labels: {} })).to.equal(false);
  });
});

describe('the port of a pod behind a Service port', () => {
  const pod = {
    ports: [
      { name: 'web', port: 8080, protocol: 'TCP' as const },
      { name: 'dns', port: 5353, protocol: 'UDP' as const },
    ],
  };

  it('is targetPort, and without one the Service’s own number', () => {
    expect(portOn(pod, { port: 80, targetPort: 9, protocol: 'TCP' })).to.equal(9);
    expect(portOn(pod, { port: 80, protocol: 'TCP' })).to.equal(80);
  });

  it('is the container port of that name and protocol, if there is one', () => {
    expect(portOn(pod, { port: 80, targetPort: 'web', protocol: 'TCP' })).to.equal(8080);
    expect(portOn(pod, { port: 80, targetPort: 'dns', protocol: 'TCP' })).to.equal(undefined);
  });
});
