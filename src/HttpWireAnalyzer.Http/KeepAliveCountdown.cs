namespace HttpWireAnalyzer.Http;

/// <summary>What a server means by max in Keep-Alive, told by how it changes (RFC 2068 §19.7.1.1 left it open).</summary>
internal struct KeepAliveCountdown
{
    private bool _known;

    public long Timeout { get; private set; }

    public long Max { get; private set; }

    public KeepAliveMaxMeaning Meaning { get; private set; }

    public static KeepAliveCountdown None => new() { Timeout = -1, Max = -1 };

    public void Take(ResponseHead response)
    {
        if (response.KeepAliveTimeout >= 0)
        {
            Timeout = response.KeepAliveTimeout;
        }

        if (response.KeepAliveMax < 0)
        {
            return;
        }

        if (_known)
        {
            var step = (Max - response.KeepAliveMax) switch
            {
                1 => KeepAliveMaxMeaning.Remaining,
                0 => KeepAliveMaxMeaning.Limit,
                _ => KeepAliveMaxMeaning.Inconsistent,
            };
            Meaning = Meaning == KeepAliveMaxMeaning.Unknown || Meaning == step ? step : KeepAliveMaxMeaning.Inconsistent;
        }

        Max = response.KeepAliveMax;
        _known = true;
    }
}
