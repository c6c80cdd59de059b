using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Strangers;

/// <summary>
/// One row that a covariate singles out: found wherever it stands, and everything else is estimated as if it were not there.
/// </summary>
public class SeparatedRowProperties
{
    private const int Clusters = 12;
    private const int Size = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void Finite_estimates_are_those_without_the_row(double unit)
    {
        for (var position = 0; position < Clusters * Size; position += 7)
        {
            var stream = new RandomStream(5, (ulong)position, 1);
            double[] x = [.. Enumerable.Range(0, Clusters * Size).Select(_ => stream.NextNormal())];
            double[] effects = [.. Enumerable.Range(0, Clusters).Select(_ => stream.NextNormal())];
            double[] y =
            [
                .. x.Select((value, i) => stream.NextUniform() < 1 / (1 + Math.Exp(-(0.5 * value) - effects[i / Size])) ? 1.0 : 0),
            ];
            int[] all = [.. Enumerable.Range(0, y.Length)];
            var fit = GlmmFitter.Fit(Frame(all, x, y, position, unit), new GlmmOptions { Family = Family.Binomial, Threads = 1 });
            Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
            Assert.Equal(y[position] == 1 ? double.PositiveInfinity : double.NegativeInfinity, fit.Coefficients[2]);
            Assert.True(double.IsNaN(fit.StandardErrors[2]));
            int[] others = [.. all.Where(i => i != position)];
            var without = GlmmFitter.Fit(Frame(others, x, y, -1, unit), new GlmmOptions { Family = Family.Binomial, Threads = 1 });
            for (var j = 0; j < 2; j++)
            {
                Assert.Equal(without.Coefficients[j], fit.Coefficients[j], 1e-5);
                Assert.Equal(without.StandardErrors[j], fit.StandardErrors[j], 1e-5);
            }

            Assert.Equal(without.LogLikelihood, fit.LogLikelihood, 1e-7);
        }
    }

    // The row's own column is the third; without the row there is none.
    private static ModelFrame Frame(int[] rows, double[] x, double[] y, int own, double unit)
    {
        string[] names = own < 0 ? ["(Intercept)", "x"] : ["(Intercept)", "x", "z"];
        double[] values =
        [
            .. rows.Select(_ => 1.0),
            .. rows.Select(i => x[i]),
            .. own < 0 ? [] : rows.Select(i => i == own ? unit : 0),
        ];
        int[] offsets = [.. Enumerable.Range(0, Clusters + 1).Select(c => rows.Count(i => i < c * Size))];
        return new ModelFrame(
            new DesignMatrix(rows.Length, names, values, names), [.. rows.Select(i => y[i])], new Clusters("id", offsets, i => $"{i}"));
    }
}
