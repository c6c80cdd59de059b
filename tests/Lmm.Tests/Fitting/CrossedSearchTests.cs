using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Tests.Fitting;

/// <summary>
/// How often crossed likelihoods are evaluated: students by lecturers by departments, as in lme4's InstEval but smaller. InstEval itself
/// takes 15 values with gradient by REML and 16 by maximum likelihood, differences for curvature among them; lme4 1.1-31 takes 74 and 79
/// without a gradient (@optinfo$feval).
/// </summary>
public sealed class CrossedSearchTests
{
    [Theory]
    [InlineData(20, true, 0.3, 0.5, 0.2)]
    [InlineData(20, false, 0.3, 0.5, 0.2)]
    [InlineData(20, true, 0.16, 0.45, 0.3)]
    [InlineData(20, false, 0.16, 0.45, 0.3)]
    public void Few_evaluations_with_gradient_find_three_crossed_variances(
        int bound, bool restricted, double students, double lecturers, double departments)
    {
        var frame = Frame(students, lecturers, departments);
        var options = new LmmOptions { Restricted = restricted };
        var data = LinearMixedData.Create(frame, frame.Response, [], options.Residual, null);
        var likelihood = new LinearMixedLikelihood(data, restricted, null, threads: 1) { Budget = new ProfileBudget(bound, bound) };
        Assert.NotNull(likelihood.Crossed);
        double[] curvature = [];
        var found = LmmFitter.Minimize(likelihood, options, data.Start(), ref curvature);
        Assert.False(likelihood.Budget.IsSpent);
        Assert.Equal(ConvergenceStatus.Converged, found.Status);

        // A fresh likelihood without a bound has its minimum there: its differences are nil beside those a thousandth away.
        var fresh = new LinearMixedLikelihood(data, restricted, null, threads: 1);
        for (var k = 0; k < 3; k++)
        {
            double[] up = [.. found.Theta], down = [.. found.Theta];
            (up[k], down[k]) = (up[k] + 1e-3, down[k] - 1e-3);
            double above = fresh.Evaluate(up, []) - found.Value, below = fresh.Evaluate(down, []) - found.Value;
            Assert.True(above > 0 && below > 0);
            Assert.InRange(above / below, 0.9, 1.1);
        }
    }

    private static ModelFrame Frame(double students, double lecturers, double departments)
    {
        const int Students = 150, Lecturers = 50, Departments = 14, Seen = 12;
        var numbers = new Numbers(5);
        double[] Drawn(int count, double deviation) => [.. Enumerable.Range(0, count).Select(_ => deviation * numbers.Normal())];
        var (s, d, p) = (Drawn(Students, students), Drawn(Lecturers, lecturers), Drawn(Departments, departments));
        const int Rows = Students * Seen;
        int[] a = [.. Enumerable.Range(0, Rows).Select(row => row / Seen)];
        int[] b = [.. Enumerable.Range(0, Rows).Select(_ => numbers.Below(Lecturers))];
        int[] c = [.. Enumerable.Range(0, Rows).Select(_ => numbers.Below(Departments))];
        double[] service = [.. Enumerable.Range(0, Rows).Select(_ => (double)numbers.Below(2))];
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => 3 - (0.1 * service[i]) + s[a[i]] + d[b[i]] + p[c[i]] + numbers.Normal())];
        double[] ones = [.. Enumerable.Repeat(1.0, Rows)];
        RandomTermDesign Term(string name, int[] groups, int count) =>
            new(name, groups, count, LinearFrames.Label, ["(Intercept)"], ones, true);
        return new ModelFrame(
            new DesignMatrix(Rows, ["(Intercept)", "service"], [.. ones, .. service], ["(Intercept)", "service"]),
            y,
            new Clusters("row", [.. Enumerable.Range(0, Rows + 1)], LinearFrames.Label))
        {
            RandomTerms = [Term("s", a, Students), Term("d", b, Lecturers), Term("p", c, Departments)],
        };
    }
}
