using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Analysis.Pools;

/// <summary>The store against a list.</summary>
public sealed class FailureStoreTests
{
    private const int Room = 16;

    private static readonly Address Client = PoolScript.Endpoint(7, 1).Address;

    /// <summary>Short, long, and alike but for a letter here or there.</summary>
    private static readonly RequestHead[] Requests =
        [.. new[] { "/", "/cart", "/orders/1000/status", "/orders/1001/status", "/orders/1000/Status" }.Select(RequestOf)];

    [Fact]
    public void All_that_there_is_room_for_is_found_in_the_order_in_which_it_failed()
    {
        var random = new Random(1);
        var store = new FailureStore(Room);
        var kept = new List<Failure>();
        for (var step = 1; step <= 5000; step++)
        {
            var failure = FailureOf(Requests[random.Next(Requests.Length)], step + random.Next(20), step, random.Next(3) > 0);
            if (random.Next(3) == 0 && kept.Count > 0)
            {
                var gone = kept[random.Next(kept.Count)];
                store.Remove(Entries(store, gone).Single(entry => store[entry] == gone));
                kept.Remove(gone);
            }
            else
            {
                store.Add(failure);
                kept.Insert(kept.Count(other => other.At.Number <= failure.At.Number), failure);
                kept.RemoveRange(0, int.Max(0, kept.Count - Room));
            }

            Assert.Equal(Enumerable.Reverse(kept), Taken(store.All()).Select(entry => store[entry]).Take(kept.Count));
            Assert.All(kept, one => Assert.Equal(
                Enumerable.Reverse(kept).Where(other => IsLike(one, other)),
                Entries(store, one).Select(entry => store[entry]).Where(other => IsLike(one, other))));
        }
    }

    [Fact]
    public void Requests_that_differ_in_a_letter_are_spread()
    {
        var store = new FailureStore(1024);
        for (var i = 0; i < 1024; i++)
        {
            store.Add(FailureOf(RequestOf($"/orders/{i:0000}/status"), i + 1, 0, true));
        }

        var longest = Enumerable.Range(0, 1024)
            .Max(i => Taken(store.Alike(FailureStore.HashOf(Client, RequestOf($"/orders/{i:0000}/status")), 0)).Count);
        Assert.InRange(longest, 1, 12);
    }

    [Fact]
    public void Failures_that_go_and_come_allocate_nothing()
    {
        var store = new FailureStore(Room);
        Assert.Equal(0, Allocation.LeastOf(round =>
        {
            for (var i = 1; i <= 10_000; i++)
            {
                store.Add(FailureOf(Requests[i % Requests.Length], (round * 10_000L) + i, 0, true));
                foreach (var entry in store.Alike(FailureStore.HashOf(Client, Requests[0]), 0))
                {
                    store.Remove(entry);
                    break;
                }
            }
        }));
    }

    private static bool IsLike(in Failure one, in Failure other) =>
        one.Request == other.Request && one.IsWhole == other.IsWhole && (!one.IsWhole || one.BodyDigest == other.BodyDigest);

    private static List<int> Entries(FailureStore store, Failure failure) => Taken(
        store.Alike(FailureStore.HashOf(failure.Client, failure.Request), failure.IsWhole ? failure.BodyDigest : null));

    private static List<int> Taken(Backwards walk)
    {
        var entries = new List<int>();
        foreach (var entry in walk)
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static Failure FailureOf(RequestHead request, long number, int ordinal, bool isWhole) => new(
        Client, request, 0, isWhole ? (uint)ordinal % 3 : 0, isWhole, PoolScript.At(number), long.MaxValue, 0, ordinal, ExchangeFailure.Unanswered);

    private static RequestHead RequestOf(string target) => Conversation.Request("GET", target);
}
