using System.Text;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>hwa interfaces: what -i can name. Columns on a terminal, TSV in a pipe.</summary>
internal static class InterfacesVerb
{
    /// <summary>For completion.</summary>
    public static readonly string[] OptionNames = ["--all", "--help"];

    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        var all = false;
        foreach (var arg in args.Skip(1))
        {
            switch (arg)
            {
                case "-h" or "--help":
                    Hwa.Write(terminal, LiveHelp.Interfaces);
                    return ExitCode.Done;
                case "--all":
                    all = true;
                    break;
                default:
                    Arguments.RefuseOptions([arg], OptionNames);
                    throw new UsageException($"hwa interfaces takes --all, not '{arg}'.");
            }
        }

        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var devices = CaptureDevices.List().Where(device => all || device.IsNetwork);
        if (terminal.OutputIsTerminal)
        {
            var columns = new AlignedColumns(
                text, [new Column("interface"), new Column("state"), new Column("addresses"), new Column("what")], TextStyle.Plain);
            foreach (var device in devices)
            {
                columns.Add(CellsOf(device));
            }

            columns.End();
        }
        else
        {
            foreach (var device in devices)
            {
                text.WriteLine(string.Join('\t', CellsOf(device)));
            }
        }

        return ExitCode.Done;
    }

    private static string[] CellsOf(CaptureDevice device) =>
    [
        PrintableText.Of(device.Name),
        StateOf(device.Flags),
        string.Join(' ', device.Addresses),
        PrintableText.Of(device.Description ?? (device.Flags.HasFlag(DeviceFlags.Loopback) ? "loopback" : "")),
    ];

    private static string StateOf(DeviceFlags flags) => (flags & (DeviceFlags.Up | DeviceFlags.Running)) switch
    {
        DeviceFlags.None or DeviceFlags.Running => "down",
        DeviceFlags.Up => "up, no carrier",
        _ => "up",
    };
}
