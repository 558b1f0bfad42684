# Licences of what the program is built from

Written by `make licences`, which asks the modules in the build. The licences themselves lie beside the program in each release.

| module or package of it | version | licence |
| --- | --- | --- |
{{ range . }}{{ if ne .Version "Unknown" }}| {{ .Name }} | {{ .Version }} | {{ .LicenseName }} |
{{ end }}{{ end -}}
