using MarginalConditional.Cli.RowFiles;

namespace MarginalConditional.Cli.Tests.RowFiles;

public sealed class SafeNamesTests
{
    /// <summary>What R 4.2 answers to <c>make.names(x, unique = TRUE)</c>.</summary>
    [Fact]
    public void Names_for_R_are_those_of_make_names() => Assert.Equal(
        ["dfbeta.x", "X.Intercept.", "X1", "if.", "a.b", "a.b.1", "X", "X.1a", "X_x", "a.b.2", "..x"],
        SafeNames.ForR(["dfbeta x", "(Intercept)", "1", "if", "a b", "a:b", "", ".1a", "_x", "a-b", "..x"]));

    [Fact]
    public void Names_for_SAS_have_at_most_32_characters_each_once_whatever_the_case()
    {
        var names = SafeNames.ForSas(
            ["dfbeta treatment:time", "1st", "Größe", "a b", "A_B", new string('x', 40), new string('x', 33), "a_b_2", "", "日"]);
        Assert.Equal(
            [
                "dfbeta_treatment_time", "_1st", "Gr__e", "a_b", "A_B_3", new string('x', 32), new string('x', 30) + "_2", "a_b_2", "_",
                "__2",
            ],
            names);
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z_][A-Za-z0-9_]{0,31}$", name));
    }

    [Fact]
    public void Names_of_columns_with_types_are_there_once() =>
        Assert.Equal(["row", "row 2", "mean"], SafeNames.Distinct(["row", "row", "mean"]));
}
