import { expect } from 'chai';
import { imageNamed, versionOfImage } from '../../../../../../src/adapters/images/source/kubernetes/image-list.ts';

const list = `reg.example:5000/kube-apiserver:v1.37.2
reg.example:5000/kube-proxy:v1.37.2
reg.example:5000/coredns/coredns:v1.14.6
reg.example:5000/pause:3.10.2
reg.example:5000/etcd:3.7.0-0
`;

describe('imageNamed', () => {
  it('finds an image by the last part of its repository', () => {
    expect(imageNamed(list, 'coredns')).to.equal('reg.example:5000/coredns/coredns:v1.14.6');
    expect(imageNamed(list, 'etcd')).to.equal('reg.example:5000/etcd:3.7.0-0');
  });

  it('says which one kubeadm did not name', () => {
    expect(() => imageNamed(list, 'proxy')).to.throw('kubeadm names no image "proxy"');
  });
});

describe('versionOfImage', () => {
  it('takes the version of the program from the tag', () => {
    expect(versionOfImage('reg.example:5000/etcd:3.7.0-0')).to.equal('v3.7.0');
    expect(versionOfImage('reg.example:5000/coredns/coredns:v1.14.6')).to.equal('v1.14.6');
  });
});
