using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Lmm.TwoWay;
using MarginalConditional.Statistics.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.TwoWay;

/// <summary>
/// Against V of all rows in full: the sum of (V⁻¹X)_iᵀ r_i r_j (V⁻¹X)_j over the pairs of rows that share a cluster of either way.
/// </summary>
public sealed class TwoWayInferenceTests
{
    [Theory]
    [InlineData("diameter ~ 1 + (1 | plate) + (1 | sample)", "penicillin", "plate", "sample", null)]
    [InlineData("rt ~ cond + freq + (1 | subject)", "subject_item", "subject", "item", "w")]
    [InlineData("rt ~ cond + freq + (cond | subject) + (1 | item)", "subject_item", "subject", "item", "w")]
    [InlineData("score ~ arm + x + (1 | site/patient)", "rater_site", "site", "rater", null)]
    [InlineData("score ~ arm + x", "rater_site", "site", "rater", null)]
    public void Covariance_is_the_sum_over_pairs_of_rows(string formula, string data, string first, string second, string? weights)
    {
        var fit = LmmFitter.Fit(Frame(formula, data, first, second, weights), new LmmOptions());
        var frame = fit.Frame;
        var (x, beta) = (DenseLikelihood.Design(frame), Vector<double>.Build.Dense(fit.Coefficients.ToArray()));
        var inverse = DenseLikelihood.Covariance(fit).Inverse();
        var weighted = inverse * x;
        var residuals = DenseLikelihood.Response(frame) - (x * beta);
        var groups = ((FactorColumn)frame.Auxiliary(second)).Codes.ToArray();
        var clusters = frame.Clusters.OfRows();
        var shared = Matrix<double>.Build.Dense(
            frame.Rows,
            frame.Rows,
            (i, j) => clusters[i] == clusters[j] || groups[i] == groups[j] ? residuals[i] * residuals[j] : 0);
        var meat = weighted.Transpose() * shared * weighted;
        var bread = (x.Transpose() * weighted).Inverse();
        var inference = TwoWayInference.Of(fit, second);
        Assert.False(inference.Ways.IsRepaired);
        Relative.Equal((bread * meat * bread).ToRowMajorArray(), inference.Covariance, 1e-7);
    }

    /// <summary>
    /// Least squares of crossed rows, whose scores are x times the residual: each of the three sums of V = V_a + V_b − V_ab has its factor.
    /// </summary>
    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    [InlineData("each")]
    [InlineData("smallest")]
    public void Each_sum_has_the_factor_for_few_clusters_that_was_asked_for(string? name)
    {
        var factor = WayFactor.TryParse(name, out var asked) ? asked : null;
        var rows = Enumerable.Range(0, 40).Select(i => FormattableString.Invariant(
            $"{(3 * Math.Sin(i % 5)) + (2 * Math.Cos(i % 8)) + Math.Sin(11 * i)},{i * 7 % 10},a{i % 5},b{i % 8}"));
        var text = System.Text.Encoding.UTF8.GetBytes("y,x,a,b\n" + string.Join('\n', rows) + "\n");
        var frame = ModelFrameBuilder.Build(DatasetReader.Read("crossed.csv", text), new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ x"),
            Cluster = "a",
            AuxiliaryGroupings = ["b"],
            PositionMatters = true,
        });
        var inference = TwoWayInference.Of(LmmFitter.Fit(frame, new LmmOptions()), "b", factor);
        var (x, y) = (DenseLikelihood.Design(frame), DenseLikelihood.Response(frame));
        var bread = (x.Transpose() * x).Inverse();
        var residuals = y - (x * (bread * (x.Transpose() * y)));
        var second = ((FactorColumn)frame.Auxiliary("b")).Codes.ToArray();
        var first = frame.Clusters.OfRows();
        var meat = (Factor(5) * Meat(row => first[row])) + (Factor(8) * Meat(row => second[row]))
            - (Factor(40) * Meat(row => (8 * first[row]) + second[row]));
        Assert.False(inference.Ways.IsRepaired);
        Relative.Equal((bread * meat * bread).ToRowMajorArray(), inference.Covariance, 1e-10);

        double Factor(double clusters) => name switch { "each" => clusters / (clusters - 1), "smallest" => 5.0 / 4, _ => 1 };

        Matrix<double> Meat(Func<int, int> cluster) => x.Transpose() * Matrix<double>.Build.Dense(
            frame.Rows, frame.Rows, (i, j) => cluster(i) == cluster(j) ? residuals[i] * residuals[j] : 0) * x;
    }

    [Fact]
    public void Correlated_residuals_are_refused()
    {
        var frame = Frame("rt ~ cond", "subject_item", "subject", "item", null);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.CompoundSymmetry });
        Assert.Throws<ArgumentException>(() => TwoWayInference.Of(fit, "item", WayFactor.Each));
    }

    private static ModelFrame Frame(string formula, string data, string first, string second, string? weights) => ModelFrameBuilder.Build(
        DatasetReader.Read(ReferenceFiles.Data(data), new DatasetReaderOptions()),
        new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Cluster = first,
            Weights = weights,
            AuxiliaryGroupings = [second],
            PositionMatters = true,
        });
}
