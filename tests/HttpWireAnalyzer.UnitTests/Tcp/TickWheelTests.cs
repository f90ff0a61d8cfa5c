using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>Entries come out at their tick, once, in the order in which they went in.</summary>
public class TickWheelTests
{
    private const long Tick = 10;

    private readonly TickWheel _wheel = new(horizon: 1_000, Tick);
    private readonly List<NumberedSlot> _taken = [];

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1_000)]
    public void Of_one_tick_they_come_out_in_their_order(int count)
    {
        for (var number = 0; number < count; number++)
        {
            _wheel.Add(new NumberedSlot(number, number), new Timestamp(55));
        }

        _wheel.Take(new Timestamp(59), _taken);
        Assert.Empty(_taken);

        _wheel.Take(new Timestamp(60), _taken);
        Assert.Equal(Enumerable.Range(0, count), _taken.Select(slot => slot.Number));

        _taken.Clear();
        _wheel.Take(new Timestamp(10_000), _taken);
        Assert.Empty(_taken);
    }

    [Fact]
    public void Each_comes_out_once_and_never_early()
    {
        var random = new Random(20261128);
        var due = new List<long>();
        var left = new HashSet<int>();
        for (var now = 0L; now < 20_000; now += random.Next(1, 40))
        {
            for (var added = random.Next(30); added > 0; added--)
            {
                left.Add(due.Count);
                due.Add(now + random.Next(900));
                _wheel.Add(new NumberedSlot(due.Count - 1, slot: 7), new Timestamp(due[^1]));
            }

            _taken.Clear();
            _wheel.Take(new Timestamp(now), _taken);
            Assert.All(_taken, slot => Assert.True(left.Remove(slot.Number) && due[slot.Number] < now));
            Assert.DoesNotContain(left, number => due[number] + Tick <= now - (now % Tick));
        }
    }
}
