using System.Globalization;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Statistics.Tests.Inference;

public sealed class ContrastReaderTests
{
    private static readonly string[] Terms = ["(Intercept)", "treatmentB", "time", "treatmentB:time", "poly(x, 2)1"];

    // Weights are drawn first and written as a text; reading has to give them back.
    [Fact]
    public void What_is_written_is_read_back()
    {
        var stream = new RandomStream(7, 0, 0);
        for (var trial = 0; trial < 200; trial++)
        {
            var weights = new double[Terms.Length];
            var text = string.Empty;
            for (var part = 0; part <= Next(4); part++)
            {
                var term = Next(Terms.Length);
                var weight = (1 + Next(8)) / 4.0;
                var negative = Next(2) == 0;
                var number = weight.ToString(CultureInfo.InvariantCulture);
                text += (negative ? " - " : text.Length > 0 ? " + " : string.Empty) + Next(3) switch
                {
                    0 => $"{number} * {Terms[term]}",
                    1 => $"{number}*{Terms[term]}",
                    _ => $"{Terms[term]} * {number}",
                };
                weights[term] += negative ? -weight : weight;
            }

            var reader = new ContrastReader(text, Terms);
            Assert.True(reader.TryRead(out var read) == weights.Any(weight => weight != 0), $"{text}: {reader.Problem}");
            Assert.Equal(weights, read);
        }

        int Next(int count) => (int)(stream.NextUniform() * count);
    }
}
