# accuracy and bench need clones, see CONTRIBUTING.md.
LINT = go tool -modfile=.ci/tools.mod golangci-lint

.PHONY: check test race lint generate licences golden fuzz bench parity accuracy browser

check:
	.ci/run

test:
	go test ./...

race:
	go test -race -tags git ./...

lint:
	test -z "$$(gofmt -l .)"
	go vet -tags git,browser,man ./...
	$(LINT) run

generate:
	go generate ./...

licences:
	go run github.com/google/go-licenses@v1.6.0 report ./cmd/waymark --template .ci/licences.tpl > docs/licences.md

golden:
	UPDATE=1 go test ./...

fuzz:
	set -e; for p in $$(grep -rl 'func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
	  for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do go test $$p -run '^$$' -fuzz "^$$f\$$" -fuzztime $(or $(FUZZTIME),30s); done; \
	done

browser:
	go test -tags browser ./report

bench:
	go run ./internal/bench -o docs/benchmarks.md $(CLONES)

parity:
	go run ./internal/bench -parity 2000 $(CLONES)

accuracy:
	go run ./internal/accuracy -labels $(LABELS) -clones $(CLONES)
