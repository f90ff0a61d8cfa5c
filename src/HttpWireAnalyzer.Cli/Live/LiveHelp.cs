namespace HttpWireAnalyzer.Cli.Live;

/// <summary>Help of the verbs that capture.</summary>
internal static class LiveHelp
{
    public const string Live = """
        hwa live -i IF [-i IF…] [BPF…]
        Captures on an interface. On a terminal: its connections, exchanges, pools, findings and ports as lists to move
        in (? lists the keys); what is captured is kept in the folder for temporary files, 4 GiB at most, until the
        screen is closed. In a pipe, and with --plain: each exchange and each connection as it ends, with who closed
        it, how and why.
        Ctrl-C, SIGTERM, SIGHUP or -a end it; what was captured until then is told first, and what was lost is
        counted.

          -i IF             the interface (hwa interfaces lists them); several are one timeline; any is all of them
          BPF, -f BPF       capture only what this filter lets through (pcap-filter(7)), in the kernel
          -Y FILTER         tell only connections that this display filter accepts (hwa fields; docs/filter.md);
                            exchanges are told too where it asks for nothing beyond them
          --plain           the list, even on a terminal; --only, --json and -q ask for it too
          --lang LANG       of the screen: en or ko; else HWA_LANG or the locale
          --theme THEME     of the screen: dark or light, ansi for the terminal's sixteen colours, or auto, which asks
                            the terminal; else HWA_THEME
          --set ID.NAME=V   of the screen: a rule's threshold, as HWA-K002.never_checked=5s (hwa explain ID lists them)
          --only KIND       conns or exchanges
          --json            one JSON object a line (docs/json.md)
          -w FILE           write the packets too; -b, -a and --force as in hwa capture
          -a duration:S     stop after so many seconds; -a packets:N or -c N after so many packets
          -s N              keep N octets of each packet (262144)
          -p                do not put the interface into promiscuous mode
          -B MIB            the kernel's buffer for each interface (16)
          -Q in|out|inout   only packets of this direction
          --no-process      do not look for the processes that have the sockets (Linux)
          --max-open N      connections that may be open at once; above it those silent longest are let go (262144)
          -q, --quiet       say nothing but errors on standard error
          --color WHEN      auto, always, never; NO_COLOR and CLICOLOR_FORCE are followed

        Examples:
          hwa live -i lo
          hwa live -i eth0 --plain tcp port 8080
          hwa live -i any --only conns -Y 'conn.close.how == reset'
          hwa live -i eth0 -a duration:60 --json | jq 'select(.type == "conn")'

        """;

    public const string Capture = """
        hwa capture -i IF [-i IF…] -w FILE [BPF…]
        Writes packets to a pcapng file, for its owner alone, and counts what was lost. Ctrl-C, SIGTERM, SIGHUP or -a
        end it; what was captured until then is in the file. With --on or --on-finding, packets stay in memory until
        something happens, and are then written with what follows: each time to a file of its own.

          -i IF             the interface (hwa interfaces lists them); several are one timeline; any is all of them
          BPF, -f BPF       capture only what this filter lets through (pcap-filter(7)), in the kernel
          -w FILE           the file; - is standard output
          -b LIMIT          go on in another file (FILE_00001_20261125193540.pcapng) when this one is full: filesize:KB
                            or filesize:100MB, duration:S, packets:N; -b files:N keeps the last N only
          -a LIMIT          stop after duration:S, packets:N (-c N), filesize:KB, or files:N
          --on FILTER       write when an exchange or a connection ends that this display filter accepts
                            (docs/filter.md)
          --on-finding ID   write when this rule finds or suspects something (hwa explain lists them); ID,ID for several
          --set ID.NAME=V   with it: a rule's threshold, as HWA-K002.never_checked=5s (hwa explain ID lists them)
          --keep SIZE       with these: packets kept in memory (64MB)
          --after TIME      with these: how long a file goes on after what happened (5s)
          --at-most N       with these: stop after so many files (10)
          --force           overwrite files
          -s N              keep N octets of each packet (262144)
          -p                do not put the interface into promiscuous mode
          -B MIB            the kernel's buffer for each interface (16)
          -Q in|out|inout   only packets of this direction
          -q, --quiet       say nothing but errors on standard error

        Examples:
          hwa capture -i eth0 -w day.pcapng -b duration:1h -b files:24 tcp port 8080
          hwa capture -i eth0 -w 502.pcapng --on 'http.response.code == 502'
          hwa capture -i eth0 -w lost.pcapng --on-finding HWA-K001,HWA-K002 tcp port 8080
          hwa capture -i lo -w stale.pcapng --on 'conn.close.how == reset' --keep 200MB --after 10s
          hwa capture -i eth0 -a duration:60 -w - | hwa conns -

        """;

    public const string Interfaces = """
        hwa interfaces  ·  hwa -D
        The interfaces that can be captured on, with their addresses and state.

          --all             also those that carry no network packets, such as logs and message buses

        Examples:
          hwa interfaces
          hwa live -i "$(hwa interfaces | head -1 | cut -f1)"

        """;

    public const string Doctor = """
        hwa doctor
        Whether this machine and this user can capture, and the one command that mends what is missing.
        Exit code 0 where live capture works, 3 where it does not.

        Examples:
          hwa doctor

        """;
}
