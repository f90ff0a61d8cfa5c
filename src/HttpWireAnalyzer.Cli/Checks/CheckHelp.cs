namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>Help of the verbs that judge.</summary>
internal static class CheckHelp
{
    public const string Check = """
        hwa check SPEC… [FILE…]
        Holds captures against what is claimed of them. A SPEC is YAML (docs/checks.md); FILEs take the place of the
        captures that it names. What failed is shown with its packets.

          --json                one JSON object a line (docs/json.md): each verdict, then what breaks it
          --junit FILE          also as JUnit's XML; - for standard output, in place of the text
          --sarif FILE          also as SARIF 2.1.0, for code scanning
          --format github       annotations and a step summary too; by itself where GITHUB_ACTIONS is true
          --baseline FILE       findings that hwa findings --json wrote to FILE before are no findings
          --fail-on LEVEL       assertions of that severity or worse fail the run: error (without it), warning, note
                                or info; others are told
          --inconclusive WHAT   error (exit code 4) or skip: what cannot be judged
          --set ID.NAME=V       a rule's threshold, as HWA-K002.never_checked=5s (hwa explain ID lists them)
          --schema              the JSON Schema of specs, for editors
          -r FILE               hold FILE against them (also without -r)
          -q, --quiet           say nothing but errors on standard error
          --color WHEN          auto, always, never; NO_COLOR and CLICOLOR_FORCE are followed

        Exit codes: 0 passed, 1 something failed, 2 the spec or the command line is wrong, 3 a capture
        cannot be read, 4 nothing failed, but something could not be judged.

        Examples:
          hwa check checkout.hwa.yaml
          hwa check checkout.hwa.yaml new.pcapng --junit report.xml --sarif report.sarif
          tcpdump -U -w - port 8080 | hwa check checkout.hwa.yaml -

        """;

    public const string Init = """
        hwa init FILE
        A spec to begin with, on standard output: it claims of each server what is so in a capture that is as it should
        be (connections, reuse, latency, who closes first, idle times), and that no rule finds more. hwa check passes
        it on FILE; edit what should be otherwise.

        Examples:
          hwa init checkout.pcapng > checkout.hwa.yaml

        """;

    public const string Diff = """
        hwa diff BASE NEW
        What changed from one capture to another: connections, requests, reuse, latency, and the findings that came (+)
        and went (-), whatever their ports and times.

          --fail-on TERMS       exit with 1 where one of these is so, with commas between them:
                                reuse < -5%                        less reuse, in points
                                p95(exchange.latency) > +10%       an aggregate (docs/filter.md) that rose by a share
                                max(conn.idle.max) > +2s           or by an amount
                                new(findings.warning)              a finding so bad or worse that BASE has not

        Exit codes: 0 none of them, 1 one of them, 4 something has no value to compare.

        Examples:
          hwa diff base.pcapng new.pcapng
          hwa diff base.pcapng new.pcapng --fail-on 'reuse < -5%, new(findings.warning)'

        """;
}
