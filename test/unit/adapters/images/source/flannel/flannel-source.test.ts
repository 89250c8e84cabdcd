import { expect } from 'chai';
import { withoutBackends } from '../../../../../../src/adapters/images/source/flannel/flannel-source.ts';
import { ClusterError } from '../../../../../../src/core/diagnostics/errors.ts';

const main = `package main

import (
	_ "github.com/flannel-io/flannel/pkg/backend/udp"
	_ "github.com/flannel-io/flannel/pkg/backend/vxlan"
)
`;

describe('withoutBackends', () => {
  it('leaves out the imports that are named, and no other', () => {
    const text = withoutBackends(main, ['udp']);
    expect(text).to.not.include('udp');
    expect(text).to.include('backend/vxlan"');
  });

  it('says so when a backend is not imported any more', () => {
    expect(() => withoutBackends(main, ['tencentvpc'])).to.throw(ClusterError, /tencentvpc/);
  });
});
