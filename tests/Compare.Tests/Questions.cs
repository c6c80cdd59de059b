namespace MarginalConditional.Compare.Tests;

/// <summary>
/// Questions to one value, asked alone, by many threads at once, and in either order: the answers have to have the same bits.
/// </summary>
internal static class Questions
{
    private const int Threads = 6;

    /// <summary>Asks every question from several threads at once, each thread beginning with another one.</summary>
    public static void AskAtOnce(params Func<double[]>[] questions)
    {
        var alone = questions.Select(question => question()).ToArray();
        var answers = new double[Threads][][];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            start.SignalAndWait();
            answers[t] = new double[questions.Length][];
            for (var k = 0; k < questions.Length; k++)
            {
                var index = (k + t) % questions.Length;
                answers[t][index] = questions[index]();
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(answers, answer => AssertSameBits(alone, answer));
    }

    /// <summary>Asks the questions forwards, backwards and forwards again.</summary>
    public static void AskInEitherOrder(params Func<double[]>[] questions)
    {
        var forwards = questions.Select(question => question()).ToArray();
        var backwards = questions.Reverse().Select(question => question()).Reverse().ToArray();
        AssertSameBits(forwards, backwards);
        AssertSameBits(forwards, [.. questions.Select(question => question())]);
    }

    private static void AssertSameBits(double[][] expected, double[][] actual)
    {
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k].Select(BitConverter.DoubleToInt64Bits), actual[k].Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
