/**
 * Calico's CNI installer with one repair: it writes `server: https://[10.96.0.1]:443`, and Go from 1.24.8 on refuses
 * brackets around an IPv4 address, so no pod could be set up.
 */
export const calicoInstallSource = `package main

import (
	"os"
	"regexp"

	"github.com/sirupsen/logrus"

	"github.com/projectcalico/calico/cni-plugin/pkg/install"
)

var VERSION string

const kubeconfig = "/host/etc/cni/net.d/calico-kubeconfig"

func main() {
	if err := install.Install(VERSION); err != nil {
		logrus.WithError(err).Fatal("Error installing CNI plugin")
	}
	text, err := os.ReadFile(kubeconfig)
	if err != nil {
		logrus.WithError(err).Fatal("Error reading the CNI plugin's kubeconfig")
	}
	bracketed := regexp.MustCompile(\`//\\[(\\d+\\.\\d+\\.\\d+\\.\\d+)\\]\`)
	if err := os.WriteFile(kubeconfig, bracketed.ReplaceAll(text, []byte("//$1")), 0o600); err != nil {
		logrus.WithError(err).Fatal("Error writing the CNI plugin's kubeconfig")
	}
}
`;
