package wiring

// single are the programs that do one thing whatever their arguments, and bear
// the name of their tool.
var single = map[Activity]string{
	Test: `
		ava axe behat behave bundlewatch busted c8 courtney ctest cucumber doctest dredd ginkgo gotestsum hypothesis infection
		jasmine jest lighthouse luatest minitest mocha nightwatch nox nyc pa11y parallel_test parallel_tests pest phpspec phpunit prove
		qunit rspec serverspec shellspec shunit2 size-limit tap terratest testcafe testinfra tox trial tsd unittest
		uptest vitest wdio`,
	LoadTest: `
		ab autocannon drill gatling ghz hey jmeter locust oha siege taurus wrk`,
	Lint: `
		actionlint attw checkstyle clang-tidy codespell commitlint cookstyle cpplint credo cspell danger deadcode depcheck deptrac deptry
		detekt djlint dockerfilelint eclint editorconfig-checker erblint errcheck eslint foodcritic gitlint gocyclo golint govuk-lint-ruby
		haml-lint helm-docs hlint htmlhint htmlproofer import-linter ineffassign interrogate jshint jsonlint jsonnet-lint knip ktlint
		kubelinter larastan linkchecker lint-staged ls-lint luacheck lychee madge markdown-link-check markdownlint misspell muffet mypy
		nilaway nixpkgs-lint oxlint parallel-lint phpcs phplint phpmd phpstan proselint protolint psalm publint puppet-lint pycodestyle
		pydocstyle pyflakes pyre pyright pytype radon reek remark revive rubocop scalafix shellcheck slim-lint sorbet squawk standard
		standardrb staticcheck stylelint svelte-check swiftlint terraform-docs tslint typos vue-tsc vulture xenon xo yamllint`,
	Format: `
		alejandra autoflake autopep8 black buildifier clang-format csharpier elm-format fantomas gci gofmt gofumpt goimports
		google-java-format isort jsonnetfmt mdformat nixfmt nixpkgs-fmt ormolu php-cs-fixer pint-php prettier pyupgrade rufo rustfmt
		scalafmt shfmt sort-package-json stylua swiftformat treefmt yamlfmt yapf`,
	Validate: `
		check-jsonschema crd-schema-checker kubent`,
	Scan: `
		audit-ci auditjs better-npm-audit bundler-audit cargo-audit cargo-deny govulncheck kube-bench kube-hunter kubeaudit lacework
		license-checker license_finder licensee nancy nikto njsscan nuclei opengrep osv-scanner pip-audit pip-licenses popeye poutine
		prowler retire scorecard slsa-verifier talisman`,
	Apply: `
		ansible deploy-rs salt`,
}
