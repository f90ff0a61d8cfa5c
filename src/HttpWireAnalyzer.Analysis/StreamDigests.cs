using System.Security.Cryptography;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>SHA-256 of what each stream delivered. A stream with gaps is digested without them.</summary>
public sealed class StreamDigests : IStreamSink, IDisposable
{
    private IncrementalHash?[] _running = new IncrementalHash?[64];

    /// <summary>Digests of the connection that closed last: the collector behind the tee asks for them then.</summary>
    public DigestPair LastClosed { get; private set; } = DigestPair.Empty;

    public void OnChunk(in StreamChunk chunk)
    {
        var index = IndexOf(chunk.Connection, chunk.Sender);
        if (index >= _running.Length)
        {
            Array.Resize(ref _running, int.Max(index + 1, 2 * _running.Length));
        }

        var digest = _running[index] ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(chunk.Octets);
    }

    public void OnClosed(in TcpSummary summary)
    {
        var client = Finish(IndexOf(summary.Connection, Side.Client));
        var server = Finish(IndexOf(summary.Connection, Side.Server));
        LastClosed = summary.Swapped ? new DigestPair(server, client) : new DigestPair(client, server);
    }

    public void OnOpened(in ConnectionOpening opening)
    {
    }

    public void OnGap(in StreamGap gap)
    {
    }

    public void OnEnd(in StreamEnd end)
    {
    }

    public void OnStateChange(in TcpStateChange change)
    {
    }

    public uint StateInputs => 0;

    public void OnRemark(in TcpRemark remark)
    {
    }

    public void Dispose()
    {
        foreach (var digest in _running)
        {
            digest?.Dispose();
        }
    }

    private static int IndexOf(ConnectionId connection, Side sender) => (2 * connection.Slot) + (int)sender;

    private string Finish(int index)
    {
        if (index >= _running.Length || _running[index] is not { } digest)
        {
            return DigestPair.OfNothing;
        }

        _running[index] = null;
        using (digest)
        {
            return Convert.ToHexStringLower(digest.GetHashAndReset());
        }
    }
}

/// <summary>SHA-256 of both streams of a connection, in lower-case hexadecimal.</summary>
public sealed record DigestPair(string Client, string Server)
{
    /// <summary>SHA-256 of no octets (FIPS 180-4).</summary>
    internal const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    internal static readonly DigestPair Empty = new(OfNothing, OfNothing);
}
