using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.Tests.Parallelism;

public class CancellationScopeTests
{
    [Fact]
    public void Outside_of_scopes_nothing_is_cancelled()
    {
        using (CancellationScope.Enter(CancellationToken.None))
        {
            CancellationScope.Check();
        }

        CancellationScope.Check();
    }

    [Fact]
    public void Tokens_of_outer_scopes_end_the_work_of_inner_ones_and_are_forgotten_afterwards()
    {
        using var outer = new CancellationTokenSource();
        using var inner = new CancellationTokenSource();
        using (CancellationScope.Enter(outer.Token))
        {
            using (CancellationScope.Enter(inner.Token))
            {
                CancellationScope.Check();
                outer.Cancel();
                Assert.Equal(outer.Token, Assert.Throws<OperationCanceledException>(CancellationScope.Check).CancellationToken);
            }

            Assert.Throws<OperationCanceledException>(CancellationScope.Check);
        }

        CancellationScope.Check();
    }

    [Fact]
    public void A_scope_cannot_be_entered_on_a_token_that_is_cancelled()
    {
        Assert.Throws<OperationCanceledException>(() => CancellationScope.Enter(new CancellationToken(canceled: true)));
        CancellationScope.Check();
    }

    [Fact]
    public void Loops_of_short_turns_look_in_one_of_256_and_those_over_vectors_where_they_are_long()
    {
        var looks = 0;
        using var scope = CancellationScope.Enter(CancellationToken.None, () => looks++);
        looks = 0;
        for (var turn = 0; turn < 1024; turn++)
        {
            CancellationScope.Check(turn);
        }

        Assert.Equal(4, looks);
        CancellationScope.CheckLong(10);
        Assert.Equal(4, looks);
        CancellationScope.CheckLong(100);
        Assert.Equal(5, looks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    public void Threads_are_in_the_scope_of_the_one_that_starts_them_and_end_with_its_exception(int threads)
    {
        using var source = new CancellationTokenSource();
        using var scope = CancellationScope.Enter(source.Token);
        var done = 0;
        var exception = Assert.Throws<OperationCanceledException>(() => ParallelWork.For(0, 1000, threads, i =>
        {
            if (i == 5)
            {
                source.Cancel();
            }

            CancellationScope.Check();
            Interlocked.Increment(ref done);
        }));
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.InRange(done, 0, 999);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_number_comes_once_with_scratch_of_its_thread(int threads)
    {
        var seen = new int[500];
        ParallelWork.For(3, 500, threads, () => new List<int>(), (i, own) =>
        {
            own.Add(i);
            Assert.Equal(i, own[^1]);
            Interlocked.Increment(ref seen[i]);
        });
        Assert.Equal(Enumerable.Repeat(0, 3).Concat(Enumerable.Repeat(1, 497)), seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void What_a_body_throws_is_for_any_number_of_threads_what_the_first_that_fails_throws(int threads)
    {
        for (var trial = 0; trial < 50; trial++)
        {
            var exception = Assert.Throws<InvalidDataException>(() => ParallelWork.For(0, 400, threads, i =>
            {
                if (i is 123 or 127 or 130 or > 300)
                {
                    throw new InvalidDataException($"{i}");
                }

                Thread.SpinWait(100 * (i % 7));
            }));
            Assert.Equal("123", exception.Message);
        }
    }

    [Fact]
    public void Loops_within_loops_need_no_threads_of_their_own()
    {
        var sums = new long[64];
        ParallelWork.For(0, sums.Length, 16, i =>
        {
            var squares = new long[50];
            ParallelWork.For(0, squares.Length, 16, j =>
            {
                var cubes = new long[10];
                ParallelWork.For(0, cubes.Length, 16, k => cubes[k] = i + j + k);
                squares[j] = cubes.Sum();
            });
            sums[i] = squares.Sum();
        });
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (500L * i) + (10 * 1225) + (50 * 45)), sums);
    }

    [Fact]
    public void A_body_sees_what_flows_with_the_work_of_the_thread_that_asks()
    {
        var flowing = new AsyncLocal<string> { Value = "here" };
        var seen = new string?[200];
        ParallelWork.For(0, seen.Length, 4, i => seen[i] = flowing.Value);
        Assert.All(seen, value => Assert.Equal("here", value));
    }
}
