namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>Help of the verbs that judge.</summary>
internal static class CheckHelp
{
    public const string Check = """
        hwa check SPEC… [FILE…]
        Holds captures against what is claimed of them. A SPEC is YAML (docs/checks.md); FILEs take the place of the
        captures that it names. What failed is shown with its packets.

          --junit FILE          also as JUnit's XML
          --baseline FILE       findings that hwa findings --json wrote to FILE before are no findings
          --inconclusive WHAT   error (exit code 4) or skip: what cannot be judged
          --set ID.NAME=V       a rule's threshold, as HWA-K002.never_checked=5s (hwa explain ID lists them)
          --schema              the JSON Schema of specs, for editors
          -q                    say nothing but errors on standard error
          --color WHEN          auto, always, never; NO_COLOR and CLICOLOR_FORCE are followed

        Exit codes: 0 all passed, 1 something failed, 2 the spec or the command line is wrong, 3 a capture
        cannot be read, 4 nothing failed, but something could not be judged.

        Examples:
          hwa check checkout.hwa.yaml
          hwa check checkout.hwa.yaml new.pcapng --junit report.xml
          tcpdump -U -w - port 8080 | hwa check checkout.hwa.yaml -

        """;
}
