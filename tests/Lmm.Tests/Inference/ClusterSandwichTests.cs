using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class ClusterSandwichTests
{
    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var correction in SandwichCorrection.All)
            {
                cases.Add(correction.Name, true);
                cases.Add(correction.Name, false);
            }

            return cases;
        }
    }

    public static TheoryData<string> Corrections => [.. SandwichCorrection.All.Select(correction => correction.Name)];

    /// <summary>
    /// In whitened rows, with H = X(XᵀX)⁻¹Xᵀ in full: (I − H_ii)^(−d) by its
    /// eigenvalues, and the moments of the variance by (I − H) of all rows.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Covariance_and_degrees_of_freedom_match_the_hat_matrix_in_full(string name, bool random)
    {
        Assert.True(SandwichCorrection.TryParse(name, out var correction));
        var frame = LinearFrames.Longitudinal(131, 12, 4, slope: false, random: random);
        var fit = LmmFitter.Fit(
            frame,
            new LmmOptions { Residual = random ? ResidualStructure.Identity : ResidualStructure.FirstOrderAutoregression });
        AssertHat(frame, fit, correction);
    }

    /// <summary>Subjects crossed with items, both within sites: the sites are independent, whatever crosses within them.</summary>
    [Theory]
    [MemberData(nameof(Corrections))]
    public void Clusters_that_contain_crossed_groups_match_the_hat_matrix_in_full(string name)
    {
        Assert.True(SandwichCorrection.TryParse(name, out var correction));
        var frame = CrossedFrames.WithinSites(132);
        var fit = LmmFitter.Fit(frame, new LmmOptions());
        Assert.True(fit.Data.Hierarchy.IsCrossed);
        AssertHat(frame, fit, correction);
    }

    /// <summary>A row with a coefficient of its own is fitted exactly and tells nothing: the others' errors are those without it.</summary>
    [Theory]
    [MemberData(nameof(Corrections))]
    public void A_direction_that_one_cluster_determines_adds_nothing(string name)
    {
        Assert.True(SandwichCorrection.TryParse(name, out var correction));
        double[] x = [1, 3, 2, 5, 4, 4, 7, 1, 2, 6, 3, 5, 9], y = [2, 1, 4, 6, 3, 5, 5, 2, 1, 8, 4, 4, 40];
        var without = Errors(12, 2);
        Assert.Equal(without, Errors(13, 3)[..2].Select((error, j) => Math.Abs((error / without[j]) - 1) < 1e-7 ? without[j] : error));

        double[] Errors(int rows, int columns)
        {
            double[] design = [.. Enumerable.Repeat(1.0, rows), .. x[..rows], .. columns == 3 ? new double[rows - 1].Append(1.0) : []];
            string[] names = [.. new[] { "(Intercept)", "x", "last" }[..columns]];
            int[] offsets = [0, 3, 6, 9, 12, .. rows == 13 ? [13] : Array.Empty<int>()];
            var frame = new ModelFrame(new DesignMatrix(rows, names, design, names), y[..rows], new Clusters("id", offsets, i => $"{i}"));
            return [.. LmmReference.WithSandwich(correction, moments: false).Of(LmmFitter.Fit(frame, new LmmOptions())).Table()
                .Select(row => row.StandardError)];
        }
    }

    [Fact]
    public void Clusters_that_crossed_groups_reach_across_are_refused()
    {
        var fit = LmmFitter.Fit(CrossedFrames.Of("slopes", 3), new LmmOptions());
        var refusal = Assert.Throws<Data.InputException>(() => LmmReference.Robust.Of(fit));
        Assert.Contains("values of subject and item lie in several values of row", refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertHat(Data.Frames.ModelFrame frame, LmmFit fit, SandwichCorrection correction)
    {
        var root = DenseLikelihood.Covariance(fit).Cholesky().Factor.Inverse();
        var x = root * DenseLikelihood.Design(frame);
        var e = root
            * (DenseLikelihood.Response(frame) - (DenseLikelihood.Design(frame) * Vector<double>.Build.Dense(fit.Coefficients.ToArray())));
        var bread = (x.Transpose() * x).Inverse();
        var remaining = Matrix<double>.Build.DenseIdentity(frame.Rows) - (x * bread * x.Transpose());
        var meat = Matrix<double>.Build.Dense(3, 3);
        double[] contrast = [0, 1, -0.5];
        var projections = new List<Vector<double>>();
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var (start, size) = (frame.Clusters.Start(c), frame.Clusters.Size(c));
            var eigen = remaining.SubMatrix(start, size, start, size).Evd(Symmetricity.Symmetric);
            var values = eigen.EigenValues.Map(value => correction.Factor(value.Real));
            var adjusted = eigen.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(values) * eigen.EigenVectors.Transpose();
            var own = x.SubMatrix(start, size, 0, 3);
            var score = own.Transpose() * adjusted * e.SubVector(start, size);
            meat += score.OuterProduct(score);
            var projection = Vector<double>.Build.Dense(frame.Rows);
            projection.SetSubVector(start, size, adjusted * own * bread * Vector<double>.Build.Dense(contrast));
            projections.Add(projection);
        }

        var sandwich = ClusterSandwich.Of(fit, correction, keepsParts: true);
        Relative.Equal((bread * meat * bread).ToRowMajorArray(), sandwich.Covariance, 1e-8);
        var (trace, squares) = (0.0, 0.0);
        foreach (var one in projections)
        {
            trace += one * remaining * one;
            squares += projections.Sum(other => Math.Pow(one * remaining * other, 2));
        }

        Relative.Equal(trace * trace / squares, sandwich.DegreesOfFreedom(contrast), 1e-7);
    }
}
