// Prints the cases that cyclonus generates, one JSON object a line, so that netproof's can be compared with them:
// {"description": ..., "tags": [...], "steps": [[action...]...]}. Its argument is the address of pod z/c.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/generator"
)

type testCase struct {
	Description string                `json:"description"`
	Tags        []string              `json:"tags"`
	Steps       [][]*generator.Action `json:"steps"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "expected the address of pod z/c")
		os.Exit(2)
	}
	encoder := json.NewEncoder(os.Stdout)
	all := generator.NewTestCaseGenerator(true, os.Args[1], []string{"x", "y", "z"}, nil, nil)
	for _, each := range all.GenerateAllTestCases() {
		printed := testCase{Description: each.Description, Tags: each.Tags.Keys(), Steps: [][]*generator.Action{}}
		for _, step := range each.Steps {
			actions := step.Actions
			if actions == nil {
				actions = []*generator.Action{}
			}
			printed.Steps = append(printed.Steps, actions)
		}
		if err := encoder.Encode(printed); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
