using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests;

public sealed class LmmInputCheckTests
{
    private static readonly LmmOptions Options = new();

    [Fact]
    public void Data_that_carry_the_model_pass()
    {
        var frame = LinearFrames.Longitudinal(191, 20, 4, slope: true);
        LmmInputCheck.Check(frame, frame.Response, Options);
    }

    [Fact]
    public void As_many_coefficients_as_rows_leave_no_variance() => Refused("no row is left", Rows([1, 2], [1, 1, 0, 1]));

    [Fact]
    public void A_response_that_is_not_a_number_is_named() => Refused("not finite", Rows([1, double.NaN, 2], [1, 1, 1]));

    [Fact]
    public void A_constant_response_has_nothing_to_model() => Refused("no variance to model", Rows([4, 4, 4], [1, 1, 1]));

    [Fact]
    public void One_group_has_no_variance_between_groups() => Refused("has one value only", Rows([1, 2, 4], [1, 1, 1], [0, 0, 0]));

    [Fact]
    public void A_group_for_each_row_is_the_residual_itself() =>
        Refused("cannot be told from the residual variance", Rows([1, 2, 4], [1, 1, 1], [0, 1, 2]));

    [Fact]
    public void An_unstructured_covariance_needs_more_subjects_than_waves() =>
        RefusedResidual("with fewer subjects than waves", LinearFrames.Longitudinal(192, 4, 6, slope: false, missing: 0, random: false));

    [Fact]
    public void An_unstructured_covariance_needs_every_pair_of_waves()
    {
        var frame = LinearFrames.Longitudinal(193, 40, 3, slope: false, missing: 0, random: false);
        var keep = Enumerable.Range(0, frame.Rows).Where(i => frame.Waves[i] != (i / 3 % 2 == 0 ? 1 : 2)).ToArray();
        RefusedResidual("was seen at both of the waves", LinearFrames.Only(frame, keep, 2));
    }

    private static void Refused(string reason, ModelFrame frame)
    {
        var problem = Assert.Throws<InputException>(() => LmmInputCheck.Check(frame, frame.Response, Options));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private static void RefusedResidual(string reason, ModelFrame frame)
    {
        var data = LinearMixedData.Create(frame, frame.Response, [], ResidualStructure.Unstructured, []);
        var problem = Assert.Throws<InputException>(() => LmmInputCheck.CheckResidual(frame, data, ResidualStructure.Unstructured, [""]));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private static ModelFrame Rows(double[] response, double[] design, int[]? groups = null)
    {
        var (n, p) = (response.Length, design.Length / response.Length);
        string[] names = [.. Enumerable.Range(1, p).Select(j => $"x{j}")];
        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        return new ModelFrame(
            new DesignMatrix(n, names, design, names),
            response,
            new Clusters("row", [.. Enumerable.Range(0, n + 1)], LinearFrames.Label))
        {
            RandomTerms = groups is null
                ? []
                : [new RandomTermDesign("group", groups, groups.Max() + 1, LinearFrames.Label, ["(Intercept)"], ones, true)],
        };
    }
}
