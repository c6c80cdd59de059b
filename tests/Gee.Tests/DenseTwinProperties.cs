using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests;

/// <summary>Every structure against n×n matrices straight from the definitions, on random designs.</summary>
public class DenseTwinProperties
{
    private static readonly Family[] Families = [Family.Binomial, Family.Poisson, Family.Gaussian, Family.Gamma];

    [Fact]
    public void Exchangeable_solves_the_dense_equations() =>
        Check(WorkingCorrelation.Exchangeable, (fit, j, k) => fit.Correlation.Alpha[0]);

    [Fact]
    public void Ar1_with_gaps_solves_the_dense_equations() =>
        Check(WorkingCorrelation.Ar1, (fit, j, k) => Math.Pow(fit.Correlation.Alpha[0], Math.Abs(fit.Frame.Waves[j] - fit.Frame.Waves[k])));

    [Fact]
    public void Unstructured_solves_the_dense_equations() =>
        Check(WorkingCorrelation.Unstructured, (fit, j, k) => fit.Correlation.Alpha[UpperTriangle(fit.Frame.Waves[j], fit.Frame.Waves[k], 5)]);

    [Fact]
    public void Independence_solves_the_dense_equations() =>
        Check(WorkingCorrelation.Independence, (fit, j, k) => 0);

    private static int UpperTriangle(int j, int k, int waves)
    {
        var index = 0;
        for (var early = 0; early < waves; early++)
        {
            for (var late = early + 1; late < waves; late++, index++)
            {
                if (early == Math.Min(j, k) && late == Math.Max(j, k))
                {
                    return index;
                }
            }
        }

        throw new ArgumentException("Not a pair of waves.", nameof(j));
    }

    private static void Check(WorkingCorrelation structure, Func<GeeFit, int, int, double> correlation)
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var sample = ClusteredSample.Create(seed, Families[Math.Abs(seed % 4)], weighted: seed % 3 == 0, withOffset: seed % 2 == 0);
                var convention = seed % 5 < 2 ? MomentConvention.Geepack : MomentConvention.LiangZeger;
                var fit = GeeFitter.Fit(sample.Frame, sample.Options(structure, convention));
                if (fit.Convergence.Status == Statistics.Inference.ConvergenceStatus.NotPositiveDefinite)
                {
                    return;
                }

                Assert.True(fit.Convergence.Converged, $"{fit.Convergence}");
                var dense = new DenseEquations(fit, (j, k) => correlation(fit, j, k));
                var p = fit.Coefficients.Length;
                var score = new double[p];
                for (var i = 0; i < dense.Scores.Length; i++)
                {
                    for (var j = 0; j < p; j++)
                    {
                        score[j] += dense.Scores[i][j];
                        Assert.Equal(dense.Scores[i][j], fit.ClusterScores[(i * p) + j], 1e-8 * (1 + Math.Abs(dense.Scores[i][j])));
                    }

                    Assert.InRange(Matrices.Distance(dense.Informations[i], Matrices.FromRows(fit.ClusterInformations.Slice(i * p * p, p * p), p)), 0, 1e-9);
                }

                for (var j = 0; j < p; j++)
                {
                    Assert.InRange(Math.Abs(score[j]) / Math.Sqrt(dense.Information[j, j]), 0, 1e-7);
                }

                Assert.InRange(Matrices.Distance(Matrices.Inverse(dense.Information), Matrices.FromRows(fit.Bread, p)), 0, 1e-9);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }
}
