using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis.Pools;

/// <summary>
/// Connections live at random, and what the account says is what looking at every packet for every connection says.
/// </summary>
public sealed class OccupancyPropertyTests
{
    private const int Connections = 7;

    /// <summary>Each packet by its number from 1: whose it is, and whether it brings a request's head in two parts.</summary>
    private static readonly Gen<(int Connection, bool Split, bool Fin)[]> Packets =
        Gen.Choose(0, Connections - 1).SelectMany(connection => Gen.Choose(0, 3).SelectMany(
            split => Gen.Choose(0, 15).Select(fin => (connection, split == 0, fin == 0)))).ArrayOf();

    [Fact]
    public void Counts_are_those_of_a_look_at_every_packet() => Prop.ForAll(Packets.ToArbitrary(), packets =>
    {
        var lives = Enumerable.Range(0, Connections).Select(_ => new Life()).ToArray();
        var script = new PoolScript();
        for (var number = 1; number <= packets.Length; number++)
        {
            var (connection, split, fin) = packets[number - 1];
            lives[connection].Play(script, connection, number, split, fin);

            // A look at what there is so far changes nothing.
            script.Account.SoFar();
        }

        for (var connection = 0; connection < Connections; connection++)
        {
            if (lives[connection].First > 0)
            {
                script.Leave(connection, lives[connection].Last);
            }
        }

        var pools = script.Account.Report().Pools;
        return packets.Length == 0 ? pools.Count == 0 : Says(pools.Single(), lives, packets.Length);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static bool Says(PoolRecord pool, Life[] lives, int packets)
    {
        var span = packets - lives.Where(life => life.First > 0).Min(life => life.First);
        return Equals(pool.Occupancy.Open, Level(lives, packets, span, (life, at) => life.IsOpen(at)))
            && Equals(pool.Occupancy.Busy, Level(lives, packets, span, (life, at) => life.IsBusy(at)))
            && Equals(pool.Occupancy.Idle, Level(lives, packets, span, (life, at) => life.IsOpen(at) && !life.IsBusy(at)));
    }

    private static LevelRecord Level(Life[] lives, int packets, int span, Func<Life, int, bool> counts)
    {
        var levels = Enumerable.Range(1, packets).Select(at => lives.Count(life => counts(life, at))).ToList();
        var max = levels.Max();
        var sum = levels.Take(packets - 1).Sum();
        return new LevelRecord(
            max,
            max == 0 ? default : PoolScript.At(levels.IndexOf(max) + 1),
            span == 0 ? -1 : ((sum * 10_000L) + (span / 2)) / span);
    }

    /// <summary>One connection's packets: SYN, handshake, then requests (whole or in two parts) and answers.</summary>
    private sealed class Life
    {
        private readonly List<(int From, int To)> _busy = [];
        private int _established = int.MaxValue;
        private int _closed = int.MaxValue;
        private int _part;
        private int _request;

        public int First { get; private set; }

        public int Last { get; private set; }

        public bool IsOpen(int at) => _established <= at && at < _closed;

        public bool IsBusy(int at) => IsOpen(at) && _busy.Exists(span => span.From <= at && at < span.To);

        public void Play(PoolScript script, int connection, int number, bool split, bool fin)
        {
            Last = number;
            if (First == 0)
            {
                First = number;
                script.Open(connection, number);
            }
            else if (_established == int.MaxValue)
            {
                _established = number;
                script.Establish(connection, number);
            }
            else if (fin && _closed == int.MaxValue)
            {
                _closed = number;
                script.Fin(connection, Side.Server, number);
            }
            else
            {
                Talk(script, connection, number, split);
            }
        }

        private void Talk(PoolScript script, int connection, int number, bool split)
        {
            if (_request > 0)
            {
                _busy[^1] = (_request, number);
                script.Exchange(connection, _request, number);
                _request = 0;
            }
            else if (_part == 0 && split)
            {
                _part = number;
            }
            else
            {
                _request = _part == 0 ? number : _part;
                _part = 0;
                _busy.Add((_request, int.MaxValue));
                script.Busy(connection, _request);
            }
        }
    }
}
