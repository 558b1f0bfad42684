//go:build browser

package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/waymark-dev/waymark/rules"
)

// These tests open the HTML report in a real browser:
//
//	go test -tags browser ./report
//
// They need chromium on the PATH (Debian: apt-get install chromium), or its
// path in CHROMIUM.

// A browser is a headless Chromium that is spoken to over its debugging pipe,
// and the page that it shows.
type browser struct {
	t       *testing.T
	out     *os.File
	in      *bufio.Reader
	id      int
	session string
	// complaints are what the console and the log said; requests what was
	// loaded.
	complaints, requests []string
	loaded               bool
}

type message struct {
	ID        int             `json:"id,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     json.RawMessage `json:"error,omitempty"`
}

func startBrowser(t *testing.T) *browser {
	t.Helper()
	program := os.Getenv("CHROMIUM")
	if program == "" {
		program = "chromium"
	}
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "waymark-browser-")
	must(t, err)
	c := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	c.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := c.Start(); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	b := &browser{t: t, out: ourOut, in: bufio.NewReader(ourIn)}
	t.Cleanup(func() {
		ourOut.Close()
		ourIn.Close()
		_ = c.Process.Kill()
		_ = c.Wait()
		_ = os.RemoveAll(profile) // its children may still write for a moment
	})
	must(t, ourIn.SetReadDeadline(time.Now().Add(time.Minute)))
	return b
}

// page opens a new page for a test.
func (b *browser) page(t *testing.T) *browser {
	b.t, b.session, b.complaints = t, "", nil
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

// call calls a method and waits for its answer.
func (b *browser) call(method string, params, result any) {
	b.t.Helper()
	b.id++
	raw, err := json.Marshal(params)
	must(b.t, err)
	m, err := json.Marshal(message{ID: b.id, SessionID: b.session, Method: method, Params: raw})
	must(b.t, err)
	_, err = b.out.Write(append(m, 0))
	must(b.t, err)
	for {
		m := b.next()
		if m.ID != b.id {
			continue
		}
		if m.Error != nil {
			b.t.Fatalf("%s: %s", method, m.Error)
		}
		if result != nil {
			must(b.t, json.Unmarshal(m.Result, result))
		}
		return
	}
}

// next reads the next message and notes the events.
func (b *browser) next() message {
	b.t.Helper()
	raw, err := b.in.ReadBytes(0)
	if err != nil {
		b.t.Fatalf("read from the browser: %v", err)
	}
	var m message
	must(b.t, json.Unmarshal(bytes.TrimRight(raw, "\x00"), &m))
	switch m.Method {
	case "Page.loadEventFired":
		b.loaded = true
	case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled":
		b.complaints = append(b.complaints, string(m.Params))
	case "Network.requestWillBeSent":
		var event struct{ Request struct{ URL string } }
		must(b.t, json.Unmarshal(m.Params, &event))
		b.requests = append(b.requests, event.Request.URL)
	}
	return m
}

// open shows a report and gives its address.
func (b *browser) open(r Report) string {
	b.t.Helper()
	var page bytes.Buffer
	must(b.t, HTML(&page, r))
	file := filepath.Join(b.t.TempDir(), "report.html")
	must(b.t, os.WriteFile(file, page.Bytes(), 0o600))
	b.loaded, b.requests = false, nil
	b.call("Page.navigate", map[string]any{"url": "file://" + file}, nil)
	for !b.loaded {
		b.next()
	}
	return "file://" + file
}

// is says what an expression comes to in the page.
func (b *browser) is(expression string) bool {
	b.t.Helper()
	var answer struct {
		Result           struct{ Value bool }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"expression": "Boolean(" + expression + ")", "returnByValue": true}, &answer)
	if answer.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", expression, answer.ExceptionDetails)
	}
	return answer.Result.Value
}

func (b *browser) press(key string, code int) {
	for _, kind := range []string{"keyDown", "keyUp"} {
		b.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key, "text": "\r", "windowsVirtualKeyCode": code}, nil)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestHTMLInABrowser(t *testing.T) {
	b := startBrowser(t)
	for name, test := range map[string]func(*testing.T, *browser){
		"evidence unfolds by mouse and keyboard": evidenceUnfoldsByMouseAndKeyboard, "nothing overflows a narrow page": nothingOverflowsANarrowPage,
		"print shows the evidence": printShowsTheEvidence, "names and contents run nothing": namesAndContentsRunNothingInTheBrowser,
	} {
		t.Run(name, func(t *testing.T) { test(t, b.page(t)) })
	}
}

const shownEvidence = `document.querySelector("details.criterion:has(.signs)")`

func evidenceUnfoldsByMouseAndKeyboard(t *testing.T, b *browser) {
	address := b.open(example(t))
	if b.is(shownEvidence + `.querySelector(".signs").checkVisibility()`) {
		t.Error("evidence is unfolded before it is asked for")
	}
	b.is(shownEvidence + `.querySelector("summary").click()`)
	if !b.is(shownEvidence + `.querySelector(".signs").checkVisibility()`) {
		t.Error("a click does not unfold the evidence")
	}
	b.is(shownEvidence + `.querySelector("summary").focus()`)
	b.press("Enter", 13)
	if b.is(shownEvidence + ".open") {
		t.Error("the Enter key does not fold the evidence")
	}
	if len(b.complaints) > 0 {
		t.Errorf("the console says %s", strings.Join(b.complaints, "\n"))
	}
	for _, r := range b.requests {
		if r != address {
			t.Errorf("the report asks for %s", r)
		}
	}
}

func nothingOverflowsANarrowPage(t *testing.T, b *browser) {
	for _, scheme := range []string{"light", "dark"} {
		b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": true}, nil)
		b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
		b.open(withComponents(example(t)))
		b.is(`document.querySelectorAll("details").forEach(d => d.open = true)`)
		if b.is("document.documentElement.scrollWidth > innerWidth") {
			t.Errorf("%s: the page is wider than a telephone", scheme)
		}
		if !b.is(`document.querySelector(".ladder .state").textContent`) || b.is(stateOverlaps) {
			t.Errorf("%s: the state of a stage does not stand behind its name", scheme)
		}
		light := `getComputedStyle(document.documentElement).backgroundColor.match(/\d+/)[0] > 128`
		if b.is(light) != (scheme == "light") {
			t.Errorf("the page is not %s", scheme)
		}
	}
}

// stateOverlaps asks whether a state on the ladder begins before its stage's
// name ends.
const stateOverlaps = `[...document.querySelectorAll(".ladder .state")].some(s => s.getBoundingClientRect().left < s.parentElement.querySelector(".rung-name").getBoundingClientRect().right)`

// withComponents gives the first repository a component with a long path.
func withComponents(r Report) Report {
	first := &r.Repositories[0]
	whole := *first.Assessment
	first.Components = append(first.Components, rules.ComponentAssessment{
		Component: rules.Component{Dir: "services/payments-and-refunds/reconciliation-worker"}, Assessment: &whole,
	})
	return r
}

func printShowsTheEvidence(t *testing.T, b *browser) {
	b.open(example(t))
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": "print"}, nil)
	if !b.is(shownEvidence + `.querySelector(".signs").getBoundingClientRect().height > 0`) {
		t.Error("folded evidence is not printed")
	}
}

func namesAndContentsRunNothingInTheBrowser(t *testing.T, b *browser) {
	b.open(hostileReport(t))
	if b.is(`document.scripts.length > 0 || document.querySelector("img, iframe, object, embed, form, base, link, marquee, [onclick], [onerror], [onload], a[href^=javascript]")`) {
		t.Error("the report holds an element that a file name brought")
	}
	if b.is("window.injected") || len(b.complaints) > 0 {
		t.Errorf("a file name ran, or tried to: %v", b.complaints)
	}
}
