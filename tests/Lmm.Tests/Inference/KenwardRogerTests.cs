using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Statistics.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class KenwardRogerTests
{
    [Fact]
    public void Intercept_and_slope_equal_the_formulas_on_dense_matrices() =>
        AssertDense(LinearFrames.Longitudinal(71, 15, 5, slope: true));

    [Fact]
    public void Uncorrelated_effects_equal_the_formulas_on_dense_matrices() =>
        AssertDense(LinearFrames.Longitudinal(72, 15, 6, slope: true, correlated: false));

    [Fact]
    public void Three_levels_equal_the_formulas_on_dense_matrices() => AssertDense(LinearFrames.Nested(73, 6, 3, 3, 2));

    [Fact]
    public void Crossed_effects_equal_the_formulas_on_dense_matrices() => AssertDense(LinearFrames.Crossed(74, 12, 6));

    /// <summary>
    /// In a balanced one-way layout the mean has as many degrees of freedom as groups, less one, whatever the groups' size.
    /// </summary>
    [Fact]
    public void Clusters_of_many_thousand_rows_have_exact_degrees_of_freedom()
    {
        const int Groups = 7, Size = 5000;
        var numbers = new Numbers(75);
        var (y, groups) = (new double[Groups * Size], new int[Groups * Size]);
        for (var g = 0; g < Groups; g++)
        {
            var effect = numbers.Normal();
            for (var i = g * Size; i < (g + 1) * Size; i++)
            {
                (y[i], groups[i]) = (effect + numbers.Normal(), g);
            }
        }

        double[] ones = [.. Enumerable.Repeat(1.0, y.Length)];
        var frame = new ModelFrame(
            new DesignMatrix(y.Length, ["(Intercept)"], ones, ["(Intercept)"]),
            y,
            new Clusters("row", [.. Enumerable.Range(0, y.Length + 1)], LinearFrames.Label))
        {
            RandomTerms = [new RandomTermDesign("unit", groups, Groups, LinearFrames.Label, ["(Intercept)"], ones, true)],
        };
        var row = LmmReference.KenwardRoger.Of(LmmFitter.Fit(frame, new LmmOptions())).Table()[0];
        Relative.Equal(Groups - 1, row.DegreesOfFreedom!.Value, 1e-6);
        var means = Enumerable.Range(0, Groups).Select(g => y.AsSpan(g * Size, Size).ToArray().Average()).ToArray();
        var error = Math.Sqrt(means.Sum(mean => (mean - means.Average()) * (mean - means.Average())) / (Groups - 1) / Groups);
        Relative.Equal(error, row.StandardError, 1e-6);
    }

    /// <summary>Kenward and Roger (1997), with V = Σ θ_k V_k: no second derivatives.</summary>
    private static void AssertDense(ModelFrame frame)
    {
        var fit = LmmFitter.Fit(frame, new LmmOptions());
        var first = Derivatives(frame);
        var (x, v) = (DenseLikelihood.Design(frame), DenseLikelihood.Covariance(fit).Inverse());
        var phi = (x.Transpose() * v * x).Inverse();
        var (vx, count) = (v * x, first.Count);
        var p = first.ConvertAll(derivative => -vx.Transpose() * derivative * vx);
        var q = Enumerable.Range(0, count)
            .Select(i => Enumerable.Range(0, count).Select(j => vx.Transpose() * first[i] * v * first[j] * vx).ToArray())
            .ToArray();
        var scaled = first.ConvertAll(derivative => v * derivative);
        var information = Matrix<double>.Build.Dense(
            count,
            count,
            (i, j) => 0.5 * ((scaled[i] * scaled[j]).Trace() - (2 * (phi * q[i][j]).Trace()) + (phi * p[i] * phi * p[j]).Trace()));
        var w = information.Inverse();
        var sum = Matrix<double>.Build.Dense(x.ColumnCount, x.ColumnCount);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                sum += w[i, j] * (q[i][j] - (p[i] * phi * p[j]));
            }
        }

        var adjusted = phi + (2 * phi * sum * phi);
        var table = LmmReference.KenwardRoger.Of(fit).Table();
        for (var k = 0; k < x.ColumnCount; k++)
        {
            Relative.Equal(Math.Sqrt(adjusted[k, k]), table[k].StandardError, 1e-8);
            var gradient = Vector<double>.Build.Dense(count, i => (phi * p[i] * phi)[k, k]);
            Relative.Equal(2 * phi[k, k] * phi[k, k] / (gradient * w * gradient), table[k].DegreesOfFreedom!.Value, 1e-7);
        }
    }

    private static List<Matrix<double>> Derivatives(ModelFrame frame)
    {
        List<Matrix<double>> derivatives = [];
        for (var t = 0; t < frame.RandomTerms.Count; t++)
        {
            var (term, z) = (frame.RandomTerms[t], DenseLikelihood.RandomDesign(frame, t));
            for (var a = 0; a < term.Dimension; a++)
            {
                for (var b = 0; b <= (term.Correlated ? a : 0); b++)
                {
                    var (row, column) = (a, term.Correlated ? b : a);
                    var unit = Matrix<double>.Build.Dense(z.ColumnCount, z.ColumnCount);
                    for (var g = 0; g < term.GroupCount; g++)
                    {
                        unit[(g * term.Dimension) + row, (g * term.Dimension) + column] = 1;
                        unit[(g * term.Dimension) + column, (g * term.Dimension) + row] = 1;
                    }

                    derivatives.Add(z * unit * z.Transpose());
                }
            }
        }

        derivatives.Add(Matrix<double>.Build.DenseIdentity(frame.Rows));
        return derivatives;
    }
}
