using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Tests.Equations;

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
        Check(
            WorkingCorrelation.Unstructured,
            (fit, j, k) => fit.Correlation.Alpha[UpperTriangle(fit.Frame.Waves[j], fit.Frame.Waves[k], 5)]);

    [Fact]
    public void Independence_solves_the_dense_equations() =>
        Check(WorkingCorrelation.Independence, (fit, j, k) => 0);

    [Fact]
    public void Toeplitz_solves_the_dense_equations() =>
        Check(WorkingCorrelation.Toeplitz, (fit, j, k) => fit.Correlation.Alpha[Math.Abs(fit.Frame.Waves[j] - fit.Frame.Waves[k]) - 1]);

    [Fact]
    public void M_dependent_solves_the_dense_equations() =>
        Check(
            WorkingCorrelation.MDependent(2),
            (fit, j, k) => Math.Abs(fit.Frame.Waves[j] - fit.Frame.Waves[k]) is var lag && lag <= 2 ? fit.Correlation.Alpha[lag - 1] : 0);

    [Fact]
    public void Decay_solves_the_dense_equations() =>
        Check(
            WorkingCorrelation.Decay,
            (fit, j, k) => Math.Pow(fit.Correlation.Alpha[0], Math.Abs(fit.Frame.WaveValues[j] - fit.Frame.WaveValues[k])));

    [Fact]
    public void Fixed_solves_the_dense_equations()
    {
        double[] matrix = [1, .5, .3, .2, .1, .5, 1, .5, .3, .2, .3, .5, 1, .5, .3, .2, .3, .5, 1, .5, .1, .2, .3, .5, 1];
        Check(WorkingCorrelation.Fixed(matrix), (fit, j, k) => matrix[(5 * fit.Frame.Waves[j]) + fit.Frame.Waves[k]]);
    }

    [Fact]
    public void Nested_solves_the_dense_equations() =>
        Check(
            WorkingCorrelation.Nested("group"),
            (fit, j, k) => fit.Correlation.Alpha[Code(fit, "group", j) == Code(fit, "group", k) ? 0 : 1]);

    [Fact]
    public void Block_exchangeable_with_missing_periods_solves_the_dense_equations() =>
        Check(WorkingCorrelation.BlockExchangeable("group"), BlockOf);

    [Fact]
    public void Block_exchangeable_with_complete_periods_solves_the_dense_equations() =>
        Check(WorkingCorrelation.BlockExchangeable("individual"), BlockOf, complete: true);

    private static double BlockOf(GeeFit fit, int j, int k)
    {
        var name = fit.Options.Correlation.AuxiliaryColumn!;
        return fit.Correlation.Alpha[Code(fit, name, j) == Code(fit, name, k) ? 2 : fit.Frame.Waves[j] == fit.Frame.Waves[k] ? 0 : 1];
    }

    private static double Code(GeeFit fit, string name, int row) => ((NumericColumn)fit.Frame.Auxiliary(name)).Values[row];

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

    private static void Check(WorkingCorrelation structure, Func<GeeFit, int, int, double> correlation, bool complete = false)
    {
        var (attempts, rejected) = (0, 0);
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
                var family = Families[Math.Abs(seed % 4)];
                var sample = complete
                    ? ClusteredSample.CreateComplete(seed, family, weighted: seed % 3 == 0)
                    : ClusteredSample.Create(seed, family, weighted: seed % 3 == 0, withOffset: seed % 2 == 0);
                var convention = seed % 5 < 2 ? MomentConvention.Geepack : MomentConvention.LiangZeger;
                var fit = GeeFitter.Fit(sample.Frame, sample.Options(structure, convention));
                attempts++;
                if (!fit.Convergence.Converged)
                {
                    // The one reason there is: the moments of the residuals are no correlations of that structure.
                    Assert.Equal(ConvergenceStatus.NotPositiveDefinite, fit.Convergence.Status);
                    Assert.InRange(SmallestEigenvalue(fit, correlation), double.NegativeInfinity, 1e-9);
                    rejected++;
                    return;
                }

                new DenseEquations(fit, (j, k) => correlation(fit, j, k)).AssertSolvedBy(fit);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

        // Samples this small can have no admissible solution, most often with
        // one correlation a pair of waves; that must stay the exception.
        Assert.InRange(rejected, 0, attempts / 4);
    }

    // Of the matrices that the reported correlation gives.
    private static double SmallestEigenvalue(GeeFit fit, Func<GeeFit, int, int, double> correlation)
    {
        var smallest = double.PositiveInfinity;
        for (var i = 0; i < fit.Frame.Clusters.Count; i++)
        {
            var (start, n) = (fit.Frame.Clusters.Start(i), fit.Frame.Clusters.Size(i));
            var matrix = new double[n * n];
            for (var at = 0; at < matrix.Length; at++)
            {
                matrix[at] = at / n == at % n ? 1 : correlation(fit, start + (at / n), start + (at % n));
            }

            var values = new double[n];
            SymmetricEigen.Decompose(matrix, n, values, new double[n * n]);
            smallest = Math.Min(smallest, values[0]);
        }

        return smallest;
    }
}
