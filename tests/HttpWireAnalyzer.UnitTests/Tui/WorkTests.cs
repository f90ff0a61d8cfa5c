using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Tui.Work;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class WorkTests
{
    public static TheoryData<string> Cases => [.. Repository.Cases];

    /// <summary>Every capture of the library: each connection has its story, its packets add up, and what went wrong is marked.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_connection_is_read_again_as_it_was_read_first(string capture)
    {
        using var session = ScreenSession.Of(capture, 120, 40);
        for (var number = 0; number < int.Min(session.Model.Capture.Connections, 12); number++)
        {
            session.Press(":").Type($"conn {number}").Press("Enter", "Enter");
            var row = session.Model.Capture.Rows.Connections[number];
            var detail = session.Model.Detail!;
            Assert.Equal(number, detail.Detail!.Number);
            Assert.Equal(row.Packets, detail.Detail.Packets.Count(packet => packet.Sender is not null));
            Assert.Equal(detail.Detail.Story.Verdict is not null, row.Severity == RowSeverity.Error);

            // What a row is marked with, the story says first.
            Assert.Equal(row.Severity switch { RowSeverity.Error => "✖", RowSeverity.Warning => "!", _ => " " }, detail.Story[0].Runs[0].Text[..1]);
            Assert.True(row.ClientOctets + row.ServerOctets >= detail.Detail.Pieces.Sum(piece => (long)piece.Octets.Length));
            foreach (var packet in detail.Detail.Packets)
            {
                var tree = PacketTree.Of(packet);
                Assert.NotEmpty(tree);
                Assert.All(tree, field => Assert.InRange(field.Offset + field.Length, 1, packet.Octets.Length));
            }

            session.Press("2");
        }
    }

    [Fact]
    public void Rows_that_are_written_are_read_at_the_same_time()
    {
        var rows = new PagedRows<long>(limit: 100_000);
        var writer = new Thread(() =>
        {
            for (var i = 0; i < 100_010; i++)
            {
                rows.TryAdd(i);
            }
        });
        writer.Start();
        var page = new long[PagedRows<long>.PageSize];
        while (rows.Count < 100_000)
        {
            var last = rows.Count - 1;
            if (last >= 0)
            {
                Assert.Equal(last, rows[last]);
                var count = rows.CopyPage(last / page.Length, page);
                Assert.Equal(last, page[last % page.Length]);
                Assert.True(count > last % page.Length);
            }
        }

        writer.Join();
        Assert.Equal(100_000, rows.Count);
    }

    [Fact]
    public void A_row_is_found_in_either_direction_and_order()
    {
        const int Count = 5000;
        var rows = new PagedRows<long>(limit: Count);
        for (var i = 0; i < Count; i++)
        {
            rows.TryAdd(i);
        }

        int[] order = [.. Enumerable.Range(0, Count).Reverse()];
        static bool IsWanted(in long row) => row % 3000 == 7;
        Assert.Equal(7, rows.Find(null, 0, Count, 1, IsWanted));
        Assert.Equal(3007, rows.Find(null, 8, Count, 1, IsWanted));
        Assert.Equal(-1, rows.Find(null, 3008, Count, 1, IsWanted));
        Assert.Equal(7, rows.Find(null, 3006, -1, -1, IsWanted));
        Assert.Equal(Count - 1 - 3007, rows.Find(order, 0, Count, 1, IsWanted));
        Assert.Equal(-1, rows.Find(order, Count - 1 - 3008, -1, -1, IsWanted));
    }

    [Fact]
    public void Ports_are_counted_as_they_were_used()
    {
        var rows = new CaptureRows();
        const long Second = Timestamp.NanosecondsPerSecond;

        // One a second, closed at once by the client: the first port is free again a minute and a nanosecond later, when the 61st
        // is taken already.
        for (var i = 0; i < 100; i++)
        {
            var start = new Timestamp(i * Second);
            rows.Connections.TryAdd(new ConnectionRow
            {
                Number = i,
                ClientAddress = Address.FromIpv4(1),
                ServerAddress = Address.FromIpv4(2),
                ClientPort = (ushort)(40_000 + i),
                ServerPort = 80,
                Start = start,
                Last = start.Plus(1),
                How = CloseManner.Fin,
                ClientState = TcpState.TimeWait,
                Flags = RowFlags.Closed | RowFlags.ClientTimeWait,
            });
        }

        var standing = Assert.Single(PortCounting.Of(rows, 100, PortProfile.Linux, CancellationToken.None));
        Assert.Equal((100L, 100L, 0L), (standing.Use.Opened, standing.Use.Held, standing.Use.HeldByServer));
        Assert.Equal(61, standing.Forecast.Peak);
        Assert.InRange(standing.Forecast.Rate, 990, 1010);
    }

    [Fact]
    public void A_RST_that_ends_TIME_WAIT_frees_the_port()
    {
        var rows = new CaptureRows();
        rows.Connections.TryAdd(new ConnectionRow
        {
            ClientAddress = Address.FromIpv4(1),
            ServerAddress = Address.FromIpv4(2),
            ServerPort = 80,
            How = CloseManner.Fin,
            ClientState = TcpState.Closed,
            Flags = RowFlags.Closed | RowFlags.ClientTimeWait | RowFlags.TimeWaitReset,
        });

        var standing = Assert.Single(PortCounting.Of(rows, 1, PortProfile.Linux, CancellationToken.None));
        Assert.Equal((1L, 0L), (standing.Use.Opened, standing.Use.Held));
    }

    [Theory]
    [InlineData(CloseManner.HalfClosed, TcpState.CloseWait, RowFlags.Closed, 1)]
    [InlineData(CloseManner.Fin, TcpState.Closed, RowFlags.Closed, 0)]
    [InlineData(CloseManner.Open, TcpState.Unknown, RowFlags.UnderWay, 1)]
    [InlineData(CloseManner.Open, TcpState.Unknown, RowFlags.UnderWay | RowFlags.ServerClosing, 1)]
    [InlineData(CloseManner.Open, TcpState.Unknown, RowFlags.UnderWay | RowFlags.ServerClosing | RowFlags.ClientClosing, 0)]
    internal void A_port_is_taken_until_its_client_has_closed(CloseManner how, TcpState client, RowFlags flags, int open)
    {
        var rows = new CaptureRows();
        rows.Connections.TryAdd(new ConnectionRow
        {
            ClientAddress = Address.FromIpv4(1),
            ServerAddress = Address.FromIpv4(2),
            ServerPort = 80,
            How = how,
            ClientState = client,
            Flags = flags,
        });

        Assert.Equal(open, Assert.Single(PortCounting.Of(rows, 1, PortProfile.Linux, CancellationToken.None)).Use.LeftOpen);
    }

    [Fact]
    public void Who_has_closed_is_known_before_a_connection_leaves()
    {
        var rows = new CaptureRows();
        var writer = new RowWriter(rows, RuleSettings.Usual, null, new CaptureOverview());
        foreach (var input in new[] { TcpInput.SendFin, TcpInput.SendCrossingFin, TcpInput.SendRst })
        {
            Assert.NotEqual(0u, writer.StateInputs & 1u << (int)input);
        }

        var ends = (new Endpoint(Address.FromIpv4(1), 40_000), new Endpoint(Address.FromIpv4(2), 80));
        for (var number = 0; number < 2; number++)
        {
            writer.OnOpened(new ConnectionOpening(new ConnectionId(number, number), ends.Item1, ends.Item2, 1, false, new PacketRef(1, default)));
        }

        void Tell(int number, Side side, TcpInput input) => writer.OnStateChange(new TcpStateChange(
            new ConnectionId(number, number), side, TcpState.Established, TcpState.Closed, input, StateBasis.Sent, new PacketRef(2, default)));
        RowFlags Known(int number) => rows.Connections[number].Flags & (RowFlags.ClientClosing | RowFlags.ServerClosing);
        Tell(0, Side.Server, TcpInput.SendFin);
        Assert.Equal(RowFlags.ServerClosing, Known(0));
        Tell(0, Side.Client, TcpInput.SendCrossingFin);
        Tell(1, Side.Client, TcpInput.SendRst);
        Assert.Equal((RowFlags.ClientClosing | RowFlags.ServerClosing, RowFlags.ClientClosing | RowFlags.ServerClosing), (Known(0), Known(1)));
    }

    /// <summary>A thread may take a moment to end behind its answer.</summary>
    [Fact]
    public void What_would_end_a_work_is_disposed_of_once_it_is_over()
    {
        var folder = Directory.CreateTempSubdirectory("hwa-work-");
        try
        {
            var export = new StopKeeper();
            using var session = ScreenSession.Of("http/six-at-a-time", export);
            for (var left = 1000; left > 0 && !(export.Stops.Count > 1 && IsDisposed(export.Stops[0])); left--)
            {
                session.Press(":").Type($"export! {Path.Combine(folder.FullName, "list.csv")}").Press("Enter");
            }

            Assert.True(IsDisposed(export.Stops[0]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsDisposed(CancellationToken stop)
    {
        try
        {
            return stop.WaitHandle is null;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private sealed class StopKeeper : IListExport
    {
        public List<CancellationToken> Stops { get; } = [];

        public void Write(ExportedList list, string filter, ExportForm form, Stream output, CancellationToken stop) => Stops.Add(stop);
    }
}
