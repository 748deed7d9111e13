package main

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// testLimit ends a test that loops; the caller in Node has a limit for the whole run.
const testLimit = 10 * time.Second

type testResult struct {
	Package  string  `json:"package"`
	Name     string  `json:"name"`
	File     string  `json:"file"`
	Row      int     `json:"row"`
	Outcome  string  `json:"outcome"` // pass, fail, error, skip
	Message  string  `json:"message"`
	Output   string  `json:"output"`
	Duration float64 `json:"durationMs"`
}

type coverage struct {
	Percent float64                 `json:"percent"`
	Files   map[string]fileCoverage `json:"files"`
}

// fileCoverage names the rows that no test reached; the others of the file were, or hold nothing to run.
type fileCoverage struct {
	Percent    float64 `json:"percent"`
	NotCovered []int   `json:"notCovered"`
}

func runTests(asked request) (reply, error) {
	parsed, _, err := checked(asked)
	if err != nil {
		return reply{}, err
	}
	ctx := context.Background()
	data := asked.Data
	if data == nil {
		data = map[string]any{}
	}
	store := inmem.NewFromObject(data)
	txn, err := store.NewTransaction(ctx, storage.TransactionParams{})
	if err != nil {
		return reply{}, err
	}
	defer store.Abort(ctx, txn)
	tracer := cover.New()
	results, err := tester.NewRunner().
		SetDefaultRegoVersion(ast.RegoV1).
		SetStore(store).
		SetModules(parsed).
		SetParallel(1).
		SetTimeout(testLimit).
		CapturePrintOutput(true).
		EnableTracing(true).
		SetCoverageQueryTracer(tracer).
		RunTests(ctx, txn)
	if err != nil {
		return reply{}, err
	}
	answer := reply{Tests: []testResult{}}
	for result := range results {
		answer.Tests = append(answer.Tests, describe(result))
	}
	slices.SortFunc(answer.Tests, compareTests)
	answer.Coverage = summarise(tracer.Report(parsed))
	return answer, nil
}

func describe(result *tester.Result) testResult {
	told := testResult{Package: result.Package, Name: result.Name, Output: string(result.Output), Outcome: "pass",
		Duration: float64(result.Duration.Microseconds()) / 1000}
	if result.Location != nil {
		told.File, told.Row = result.Location.File, result.Location.Row
	}
	switch {
	case result.Skip:
		told.Outcome = "skip"
	case result.Error != nil:
		told.Outcome, told.Message = "error", result.Error.Error()
	case result.Fail:
		told.Outcome = "fail"
		if place := failedAt(result.Trace); place != nil {
			told.File, told.Row, told.Message = place.File, place.Row, string(place.Text)
		}
	}
	return told
}

// failedAt is the last expression that failed, as OPA's own report finds it. Inside `every` it is the one in its body.
func failedAt(trace []*topdown.Event) *ast.Location {
	for _, event := range slices.Backward(trace) {
		if event.Op != topdown.FailOp || event.Location == nil || event.QueryID == 0 {
			continue
		}
		if expr, ok := event.Node.(*ast.Expr); ok && expr.IsEvery() {
			continue
		}
		return event.Location
	}
	return nil
}

func compareTests(a, b testResult) int {
	return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.Name, b.Name), a.Row-b.Row)
}

func summarise(report cover.Report) *coverage {
	told := &coverage{Percent: report.Coverage, Files: map[string]fileCoverage{}}
	for name, file := range report.Files {
		rows := map[int]bool{}
		for _, part := range file.NotCovered {
			for row := part.Start.Row; row <= part.End.Row; row++ {
				rows[row] = true
			}
		}
		told.Files[name] = fileCoverage{Percent: file.Coverage, NotCovered: sorted(rows)}
	}
	return told
}

func sorted[K interface{ ~string | ~int }, V any](of map[K]V) []K {
	return slices.Sorted(maps.Keys(of))
}
