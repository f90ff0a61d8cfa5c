using System.Text;
using BenchmarkDotNet.Attributes;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Benchmarks;

/// <summary>
/// What a packet costs in each stage of the line, from one keep-alive connection played in a circle: request,
/// acknowledgment, response, acknowledgment. Times are for one packet.
/// </summary>
[MemoryDiagnoser]
public class StageBenchmarks
{
    private const int Rounds = 1000;
    private const int PacketsARound = 4;

    private readonly List<byte[]> _frames = [];
    private uint _client = 1;
    private uint _server = 1;
    private long _number;

    [GlobalSetup]
    public void Prepare()
    {
        var request = Encoding.ASCII.GetBytes("GET /1k HTTP/1.1\r\nHost: 192.0.2.2\r\n\r\n");
        var response = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 1024\r\nConnection: keep-alive\r\n\r\n" + new string('x', 1024));
        for (var round = 0; round < Rounds; round++)
        {
            Send(client: true, request);
            Send(client: false, []);
            Send(client: false, response);
            Send(client: true, []);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Rounds * PacketsARound)]
    public void Decode() => Play(new NoSegments());

    [Benchmark(OperationsPerInvoke = Rounds * PacketsARound)]
    public void DecodeAndTrack() => Play(new ConnectionTracker(new NoStreams(), TrackerLimits.Default));

    [Benchmark(OperationsPerInvoke = Rounds * PacketsARound)]
    public void DecodeTrackAndRead() => Play(
        new ConnectionTracker(new HttpConversations(new NoExchanges(), HttpLimits.Default), TrackerLimits.Default));

    // Stages begin anew each time: to those of the last time all octets would be repeats.
    private void Play(ISegmentSink sink)
    {
        var decoder = new FrameDecoder(sink, DecoderLimits.Default);
        foreach (var frame in _frames)
        {
            var packet = new PacketRef(++_number, new Timestamp(_number * 1000));
            decoder.Decode(new PacketRecord(packet, 0, frame.Length, frame.Length, LinkType.Ethernet, 0), frame);
        }
    }

    private void Send(bool client, byte[] payload)
    {
        var one = FrameBuilder.EndpointOf("192.0.2.1:40000");
        var other = FrameBuilder.EndpointOf("192.0.2.2:80");
        _frames.Add(FrameBuilder.Ethernet(client
            ? FrameBuilder.TcpPacket(one, other, payload, _client, _server)
            : FrameBuilder.TcpPacket(other, one, payload, _server, _client)));
        if (client)
        {
            _client += (uint)payload.Length;
        }
        else
        {
            _server += (uint)payload.Length;
        }
    }

    private sealed class NoSegments : ISegmentSink
    {
        public void OnSegment(in TcpSegment segment)
        {
        }

        public void OnIcmpError(in IcmpError error)
        {
        }

        public void OnOther(PacketRef packet, OtherPacket kind)
        {
        }

        public void OnUndecodable(in UndecodablePacket packet)
        {
        }
    }
}
