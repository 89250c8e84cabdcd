// Answers questions about NetworkPolicies with cyclonus' matcher: a second opinion for netproof's oracle.
// Reads one case a line from stdin: {"policies": [NetworkPolicy...], "traffic": [Traffic...]}; prints for each line a
// JSON list of booleans, whether each traffic is allowed, or of an error text in the place of one that failed.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	networkingv1 "k8s.io/api/networking/v1"
)

type testCase struct {
	Policies []*networkingv1.NetworkPolicy `json:"policies"`
	Traffic  []*matcher.Traffic            `json:"traffic"`
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	decoder := json.NewDecoder(input)
	encoder := json.NewEncoder(output)
	for decoder.More() {
		var each testCase
		if err := decoder.Decode(&each); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := encoder.Encode(answers(&each)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func answers(each *testCase) []interface{} {
	policy := matcher.BuildNetworkPolicies(false, each.Policies)
	all := []interface{}{}
	for _, traffic := range each.Traffic {
		all = append(all, answer(policy, traffic))
	}
	return all
}

func answer(policy *matcher.Policy, traffic *matcher.Traffic) (result interface{}) {
	defer func() {
		if panicked := recover(); panicked != nil {
			result = fmt.Sprint(panicked)
		}
	}()
	return policy.IsTrafficAllowed(traffic).IsAllowed()
}
