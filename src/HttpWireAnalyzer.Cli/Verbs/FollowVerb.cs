using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Streams;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa follow: the octets of one connection.</summary>
internal static class FollowVerb
{
    public static int Run(Request request, Terminal terminal)
    {
        // Octets from the wire may be commands to a terminal.
        if (request.Form == StreamForm.Raw && terminal.OutputIsTerminal)
        {
            throw new UsageException("--as raw is not written to a terminal: pipe it, or use --as hex.");
        }

        using var session = new Session(request, terminal);
        var number = Selection.Of(request).Single(session);
        IOctetSink format = request.Form switch
        {
            StreamForm.Raw => new RawOctets(terminal.Output),
            StreamForm.Hex => new HexOctets(session.Text, session.Style),
            _ => new HttpOctets(session.Text, session.Style, request.ShowSecrets),
        };
        var follower = new StreamFollower(number, request.Side, format);
        var totals = session.Run(new NoExchanges(), new AnalysisTaps(Streams: follower));
        return follower.Found
            ? session.FinishText(totals)
            : throw MissingConnection.In(request, follower.Connections);
    }
}
