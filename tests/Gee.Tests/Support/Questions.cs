namespace MarginalConditional.Gee.Tests.Support;

/// <summary>Asks a fit questions from many threads, and in either order.</summary>
internal static class Questions
{
    /// <summary>Requires of many threads, each question asked by several of them, the bits of one.</summary>
    public static void AskAtOnce(IReadOnlyList<Func<double[]>> questions)
    {
        double[][] alone = [.. questions.Select(question => question())];
        Assert.All(alone, answer => Assert.DoesNotContain(double.NaN, answer));
        var together = new double[4 * questions.Count][];
        Parallel.For(
            0,
            together.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            k => together[k] = questions[k % questions.Count]());
        for (var k = 0; k < together.Length; k++)
        {
            Assert.Equal(alone[k % questions.Count], together[k]);
        }
    }

    /// <summary>Requires of two equal fits the same bits, one asked from the first question to the last and one the other way.</summary>
    public static void AskInEitherOrder(Func<IReadOnlyList<Func<double[]>>> ofNewFit)
    {
        double[][] forwards = [.. ofNewFit().Select(question => question())];
        double[][] backwards = [.. ofNewFit().Reverse().Select(question => question()).Reverse()];
        Assert.Equal(forwards, backwards);
    }
}
