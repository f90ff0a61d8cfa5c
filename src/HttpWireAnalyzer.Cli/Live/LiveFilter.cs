using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>
/// What -Y selects while traffic flows. Each connection is asked when it ends; an exchange is told before that, and so
/// only by a filter that asks for nothing beyond exchanges.
/// </summary>
internal sealed class LiveFilter
{
    private readonly BoundFilter? _ofConnections;
    private readonly BoundFilter? _ofExchanges;

    private LiveFilter(BoundFilter? ofConnections, BoundFilter? ofExchanges)
    {
        _ofConnections = ofConnections;
        _ofExchanges = ofExchanges;
    }

    /// <summary>Exchanges are told, when they end, and not only their connections.</summary>
    public bool TellsExchanges => _ofConnections is null || _ofExchanges is not null;

    /// <summary>Who has to see the packets for the filter; null where nobody has to. Known after <see cref="Over"/>.</summary>
    public IPacketSink? Packets { get; private set; }

    /// <param name="text">Null selects everything.</param>
    /// <param name="option">That it stands behind.</param>
    /// <exception cref="FilterException">The filter cannot be understood.</exception>
    public static LiveFilter Of(string? text, string option)
    {
        if (text is null)
        {
            return new LiveFilter(null, null);
        }

        var ofConnections = FilterBinder.Bind(text, FilterScope.Connections, out var error);
        if (error is not null)
        {
            throw new FilterException(error, text, option);
        }

        var ofExchanges = FilterBinder.Bind(text, FilterScope.Exchanges, out _);
        return new LiveFilter(ofConnections, ofExchanges?.NeedsMore == false ? ofExchanges : null);
    }

    public IConnectionSink Over(IConnectionSink connections, IConnectionSink exchanges)
    {
        if (_ofConnections is null)
        {
            return new ConnectionTee(connections, exchanges);
        }

        var filtered = new FilteredConnections(_ofConnections, connections);
        Packets = _ofConnections.For(PacketFields.Set) is null ? null : filtered;
        return _ofExchanges is null
            ? filtered
            : new ConnectionTee(filtered, new FilteredExchanges(_ofExchanges, null, exchanges));
    }
}
