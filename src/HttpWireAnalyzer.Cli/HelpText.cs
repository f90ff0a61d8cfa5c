using System.Diagnostics;
using System.Text;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Cli;

/// <summary>Help, written by hand: what a person wants to know first stands first.</summary>
internal static class HelpText
{
    public const string Main = """
        hwa: what happened on each HTTP connection of a capture, and why.

          hwa FILE                 the capture on a screen of its own; in a pipe, a summary
          hwa summary FILE         the summary
          hwa conns FILE           its TCP connections: reuse, idle times, who closed and why
          hwa exchanges FILE       its HTTP exchanges
          hwa pools FILE           how its clients use connections: open, busy, idle, reuse, retries
          hwa ports FILE           ports and TIME_WAIT of each client, and when no port will be free
          hwa findings FILE        what is wrong, why, and what to do: worst first, with packets
          hwa story FILE CONN      one connection, told in plain sentences with their packets
          hwa follow FILE CONN     the octets of one connection
          hwa packets FILE         its packets, with the TCP state of both ends
          hwa slice FILE -w OUT    the packets of chosen connections, as a capture of their own
          hwa check SPEC [FILE]    holds captures against what is claimed of them, for CI
          hwa diff BASE NEW        what changed from one capture to another, and whether it is too much
          hwa init FILE            a spec to begin with, out of a capture that is as it should be
          hwa live -i IF [BPF]     captures, and tells connections and exchanges as they end
          hwa capture -i IF -w OUT writes packets: all, in a ring of files, or those around what a filter looks for
          hwa interfaces           what can be captured on
          hwa doctor               whether this machine can capture, and what is missing
          hwa explain [ID]         what a finding means, what is not flagged, how to mend it
          hwa fields [RE]          every value that can be listed or filtered by, and what it means
          hwa completion SHELL     completion for bash, zsh or fish

        FILE is pcap or pcapng, plain or gzip; several files are one timeline; - is standard input.

        Examples:
          hwa checkout.pcapng
          hwa story checkout.pcapng 17
          hwa conns -Y 'http.response.code == 502' checkout.pcapng
          hwa live -i lo tcp port 8080
          hwa exchanges --json checkout.pcapng | jq 'select(.type=="exchange")."http.request.target"'

        hwa VERB --help says more. Exit codes: 0 done, 1 a check failed or findings at --fail-on, 2 usage, 3 unreadable input,
        4 a check could not be judged, 5 unwritable output, 130 interrupted.

        """;

    private const string Jobs = """

          -j, --jobs N      N threads share the work; the output is the same
        """;

    private const string Common = """

          -r FILE           read FILE (also without -r)
          -f BPF            read only packets that this capture filter lets through (needs libpcap)
          -Y FILTER         only what this display filter accepts (hwa fields; docs/filter.md)
          -c N              stop after N packets
          -q, --quiet       say nothing but errors on standard error
          --color WHEN      auto, always, never; NO_COLOR and CLICOLOR_FORCE are followed

        """;

    private const string Listing = """

          --json            one JSON object a line (docs/json.md); --json=fields lists the fields
          -e FIELD,…        only these fields, as TSV in a pipe or columns on a terminal; -e help lists them
          --sort FIELD      by this field; -FIELD for descending
        """;

    private const string Columns = """

          --table           columns even in a pipe
        """;

    private const string AsOnTerminal = """

          --table           as on a terminal, even in a pipe
        """;

    private const string InPlaceOfText = """

          --table           a line for each, in columns, in place of the text
        """;

    public static string Of(Verb verb) => verb switch
    {
        Verb.Summary => """
            hwa FILE…
            On a terminal: its connections, exchanges, pools, findings and ports as lists to move in; ? lists the keys.
            -Y is the first filter of the list of connections. Otherwise as hwa summary:

            hwa summary FILE…
            The capture in a few lines, with the command to type next.

              --plain           the summary, even on a terminal
              --lang LANG       en or ko; else HWA_LANG or the locale
              --theme THEME     of the screen: dark or light, ansi for the terminal's sixteen colours, or auto, which asks
                                the terminal; else HWA_THEME
              --set ID.NAME=V   a rule's threshold, as HWA-K002.never_checked=5s (hwa explain ID lists them)
              --json            one JSON object a line (docs/json.md)
            """ + Jobs + Common + """
            Examples:
              hwa checkout.pcapng
              hwa -f 'port 8080' checkout.pcapng

            """,
        Verb.Conns => """
            hwa conns FILE…
            The TCP connections: a table on a terminal, TSV in a pipe.
            """ + Listing + Columns + """

              --digest          with the SHA-256 of both streams
              --exchanges       with --json: the exchanges too, all in one pass
              --lang LANG       of the table for people: en or ko; else HWA_LANG or the locale
            """ + Jobs + Common + """
            Examples:
              hwa conns checkout.pcapng
              hwa conns -Y 'http.response.code == 502 && conn.idle.max > 5s' checkout.pcapng
              hwa conns --sort -conn.idle.max checkout.pcapng
              hwa conns -e conn.id,conn.close.first,conn.close.reason checkout.pcapng
              hwa conns --json --exchanges --digest checkout.pcapng

            """,
        Verb.Exchanges => """
            hwa exchanges FILE…
            The HTTP exchanges, as they end: a table on a terminal, TSV in a pipe.
            """ + Listing + Columns + """

              --lang LANG       of the table for people: en or ko; else HWA_LANG or the locale
            """ + Jobs + Common + """
            Examples:
              hwa exchanges checkout.pcapng
              hwa exchanges -Y 'exchange.latency > 200ms && conn.close.how == reset' checkout.pcapng
              hwa exchanges --sort -exchange.latency checkout.pcapng
              hwa exchanges --json checkout.pcapng | jq 'select(.type=="exchange" and ."exchange.cold" == false)'

            """,
        Verb.Pools => """
            hwa pools FILE…
            How each client uses its connections to each server: most open, busy and idle at once, reuse, age, who
            closes, what failed and was sent again. A pool is one client address and one server endpoint; most
            connections first.
            """ + Listing + Columns + """

              --what-if         replay the requests on kept connections: connections, waiting and TIME_WAIT saved
              --lang LANG       of the table for people: en or ko; else HWA_LANG or the locale
            """ + Jobs + Common + """
            Examples:
              hwa pools checkout.pcapng
              hwa pools --sort -pool.busy.max checkout.pcapng
              hwa pools --what-if checkout.pcapng
              hwa pools -e pool.client,pool.server.address,pool.reuse_ratio checkout.pcapng

            """,
        Verb.Ports => """
            hwa ports FILE…
            What connections and TIME_WAIT take of each client's ports, for each server: opened, taken at once, in
            TIME_WAIT and on whose side, the rate, what the ports allow, and when none will be free.
            """ + Listing + AsOnTerminal + """

              --profile NAME    whose ports: linux (28,232, 60 s), windows (16,384, 120 s), rfc (16,384, 240 s),
                                textbook (60,000, 120 s)
              --lang LANG       of the text for people: en or ko; else HWA_LANG or the locale
            """ + Jobs + Common + """
            Examples:
              hwa ports checkout.pcapng
              hwa ports --profile windows checkout.pcapng
              hwa ports -Y 'port.utilisation > 0.5' checkout.pcapng

            """,
        Verb.Findings => """
            hwa findings FILE…
            What is wrong in a capture, why, and what to do: worst first, with the packets that show it.
            hwa explain ID says more of a rule. In a pipe it is the same text; -e gives TSV.
            """ + Listing + InPlaceOfText + """

              --all             every finding of a rule, not the first five
              --fail-on LEVEL   exit with 1 if a finding is error, warning, note or info, or worse
              --baseline FILE   leave out what hwa findings --json wrote to FILE before
              --set ID.NAME=V   a rule's threshold, as HWA-K002.never_checked=5s (hwa explain ID lists them)
              --lang LANG       en or ko; else HWA_LANG or the locale
            """ + Jobs + Common + """
            Examples:
              hwa findings checkout.pcapng
              hwa findings --fail-on warning checkout.pcapng
              hwa findings -Y 'finding.severity == error && conn.id == 17' checkout.pcapng
              hwa findings --json checkout.pcapng > known.json && hwa findings --baseline known.json new.pcapng

            """,
        Verb.Packets => """
            hwa packets FILE…
            The packets, each with its place in its connection and the state of both ends
            after it. ~: assumed, for nothing that the end sent shows it yet.
            """ + Listing + AsOnTerminal + """

              -t FORMAT         time of the lines for people: relative (r), delta (d) or absolute (a, ud)
            """ + Common + """
            Examples:
              hwa packets -c 20 checkout.pcapng
              hwa packets -t delta checkout.pcapng
              hwa packets -Y 'tcp.flags.reset == 1' checkout.pcapng
              hwa packets -f 'tcp[tcpflags] & tcp-rst != 0' checkout.pcapng

            """,
        Verb.Story => """
            hwa story FILE… [CONN]
            One connection: who opened it and what it cost, what was exchanged, the longest idle time, who
            closed first and why, what was lost, who holds TIME_WAIT. Each sentence ends with its packets. Then what
            the findings about it advise. CONN is a number of hwa conns; instead of it, -Y may select one. A capture of
            one connection needs neither.

              --json            one JSON object a line (docs/json.md)
              --lang LANG       en or ko; else HWA_LANG or the locale
            """ + Common + """
            Examples:
              hwa story checkout.pcapng 17
              hwa story -r checkout.pcapng 17 --json

            """,
        Verb.Follow => """
            hwa follow FILE… [CONN]
            The octets of one connection, both sides in the order in which they became readable.

              --as FORM         http (text, safe to look at), hex, raw (for pipes)
              --side SIDE       client, server, both
              --show-secrets    do not mask Authorization, Cookie and the like (http only; hex and raw never do)
            """ + Common + """
            Examples:
              hwa follow checkout.pcapng 17
              hwa follow checkout.pcapng 17 --side server --as raw > body

            """,
        Verb.Slice => """
            hwa slice FILE… -Y FILTER -w OUT
            The packets of the connections that FILTER accepts, and the ICMP errors that quote them, as a pcapng file:
            with their link types, interfaces, comments and lengths, times to the nanosecond, and the keys that FILE has.
            Several files become one timeline; without -Y every packet is written.

              -w OUT            this file, for its owner alone; - is standard output
              --packets         FILTER chooses packets, not whole connections
              --force           overwrite OUT
            """ + Common + """
            Examples:
              hwa slice day.pcapng -Y 'http.response.code == 502' -w 502.pcapng
              hwa slice day.pcapng -Y 'conn.id == 17' -w - | tshark -r -
              hwa slice monday.pcapng tuesday.pcapng -w both.pcapng
              hwa slice day.pcapng --packets -Y 'tcp.flags.reset == 1' -w resets.pcapng

            """,
        _ => throw new UnreachableException(),
    };

    /// <summary>One line for each field.</summary>
    public static string Of(FieldSet fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields.Fields)
        {
            text.Append(field.Name).Append('\t').Append(field.Kind.ToString().ToLowerInvariant()).Append('\t')
                .Append(field.Meaning).Append('\n');
        }

        return text.ToString();
    }
}
