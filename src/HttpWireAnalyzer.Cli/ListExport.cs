using System.Diagnostics;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Cli.Yaml;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.Cli;

/// <summary>A list of the screen, written by the verb that lists the same: the octets are those of hwa VERB -Y FILTER.</summary>
/// <param name="request">Which capture, and how much of it; the verb is that of the list.</param>
internal sealed class ListExport(Request request, Terminal terminal) : IListExport
{
    public void Write(ExportedList list, string filter, ExportForm form, Stream output, CancellationToken stop)
    {
        var verb = VerbOf(list);
        var asked = request with
        {
            Verb = verb,
            DisplayFilter = filter.Length == 0 ? null : filter,
            Json = form == ExportForm.Json,
            Commas = form == ExportForm.Commas,

            // In a pipe they would be text for people.
            FieldNames = verb == Verb.Findings && form != ExportForm.Json ? FindingsVerb.Usual : [],
            Colour = Colouring.Never,
            Quiet = true,
        };
        var file = new Terminal
        {
            Input = Stream.Null,
            Output = output,
            Error = TextWriter.Null,
            Variable = terminal.Variable,
            Interrupt = stop,
        };
        try
        {
            Verbs.Run(asked, file);
        }
        catch (Exception error) when (error is UsageException or FilterException or YamlFileException)
        {
            throw new CaptureWriteException(error.Message, error);
        }
    }

    private static Verb VerbOf(ExportedList list) => list switch
    {
        ExportedList.Connections => Verb.Conns,
        ExportedList.Exchanges => Verb.Exchanges,
        ExportedList.Pools => Verb.Pools,
        ExportedList.Findings => Verb.Findings,
        ExportedList.Ports => Verb.Ports,
        ExportedList.Packets => Verb.Packets,
        _ => throw new UnreachableException(),
    };
}
