using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Residual;

public sealed class ResidualModelTests
{
    /// <summary>Many subjects, few designs: some tens of rows stand for all of them.</summary>
    [Theory]
    [InlineData("ar1h")]
    [InlineData("car1")]
    [InlineData("un")]
    public void Compressed_rows_have_the_moments_of_all_subjects(string name)
    {
        var (all, theta) = Prepare(name, 300);
        var few = all.Compressed();
        Assert.True(few.BlockPatterns.Length < all.BlockPatterns.Length / 2);
        Assert.Same(all.Layout, few.Layout);
        var (one, other) = (Factors(all, theta), Factors(few, theta));
        var (expected, actual) = (Moments(one, all), Moments(other, few));
        Relative.Equal(expected, actual, 1e-9);
    }

    [Fact]
    public void Parameters_of_each_group_follow_the_ratio_of_its_deviation()
    {
        var (model, _) = Prepare("ar1h", 20);
        Assert.Equal((model.Layout.Groups * (model.PerGroup + 1)) - 1, model.Parameters);
        double[] theta = [.. Enumerable.Range(0, model.Parameters).Select(k => 0.1 * k)];
        Assert.Equal(1, model.Ratio(0, theta));
        Assert.Equal(theta[..model.PerGroup], model.Own(0, theta).ToArray());
        Assert.Equal(model.PerGroup + 1, model.Start(1));
    }

    [Fact]
    public void Another_shape_keeps_the_rows()
    {
        var (model, _) = Prepare("ar1h", 20);
        var other = model.With(new UnstructuredShape());
        Assert.Same(model.Rows, other.Rows);
        Assert.Equal(9, other.PerGroup);
    }

    /// <summary>Only standard deviations are read off the residuals, where there are several.</summary>
    [Theory]
    [InlineData("ar1h")]
    [InlineData("un")]
    [InlineData("ar1")]
    public void Every_group_starts_near_the_covariance_of_its_own_residuals(string name)
    {
        var (model, theta) = Grouped(name);
        model.FillStart(theta);
        var m = model.Layout.Waves;
        double[][] starts = [.. Enumerable.Range(0, 2).Select(group => model.Own(group, theta).ToArray())];
        for (var group = 0; group < 2; group++)
        {
            var matrix = new double[m * m];
            model.Shape.Evaluate(starts[group], model.Layout.Times, matrix, new double[model.PerGroup * m * m]);
            var empirical = EmpiricalCovariance.Of(model, group);
            for (var wave = 0; wave < m; wave++)
            {
                var ratio = name == "ar1" ? 1 : empirical[wave * (m + 1)] / empirical[0];
                Relative.Equal(ratio, matrix[wave * (m + 1)], 1e-10);
            }

            Assert.All(Enumerable.Range(1, m - 1), wave => Assert.NotEqual(0, matrix[wave]));
        }

        Assert.Equal(name == "ar1", starts[0].SequenceEqual(starts[1]));
        Assert.Equal(1, model.Ratio(1, theta));
    }

    [Fact]
    public void Without_standard_deviations_to_start_from_no_residual_is_read()
    {
        var (model, theta) = Grouped("ar1");
        Assert.False(model.Shape.StartsFromCovariance);
        var unread = new ResidualModel(model.Layout, model.Shape, [], model.Width);
        unread.FillStart(theta);
        var expected = new double[theta.Length];
        model.FillStart(expected);
        Assert.Equal(expected, theta);
    }

    internal static (ResidualModel Model, double[] Theta) Prepare(string name, int subjects)
    {
        var model = Model(name, LinearFrames.Longitudinal(151, subjects, 4, slope: false, missing: 0.1, random: false), []);
        var theta = new double[model.Parameters];
        model.FillStart(theta);
        for (var k = 0; k < theta.Length; k++)
        {
            theta[k] += 0.1 * Math.Sin(k + 1);
        }

        return (model, theta);
    }

    /// <summary>Subjects of two groups in turn.</summary>
    private static (ResidualModel Model, double[] Theta) Grouped(string name)
    {
        var frame = LinearFrames.Longitudinal(151, 40, 4, slope: false, missing: 0, random: false);
        var model = Model(name, frame, [.. Enumerable.Range(0, frame.Rows).Select(row => row / 4 % 2)]);
        return (model, new double[model.Parameters]);
    }

    private static ResidualModel Model(string name, ModelFrame frame, int[] groups)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        var rows = WorkingRows.Create(frame, frame.Response, [], GroupHierarchy.Create([], frame.Rows));
        var layout = ResidualLayout.Create(frame, null, groups, structure);
        return new ResidualModel(layout, structure.Bind(layout.Unit), rows.Values, rows.Width);
    }

    internal static ResidualFactors Factors(ResidualModel model, double[] theta)
    {
        var factors = new ResidualFactors(model);
        Assert.True(double.IsFinite(factors.Update(theta)));
        return factors;
    }

    internal static double[] Moments(ResidualFactors factors, ResidualModel model)
    {
        var moments = new double[model.Width * model.Width];
        factors.AddMoments(0, model.BlockPatterns.Length, moments, new double[model.MaximumBlock * model.Width]);
        return moments;
    }
}
