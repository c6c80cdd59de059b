using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

/// <summary><see cref="CallArguments"/>: matched as R matches them, by name first and then in order.</summary>
public sealed class CallArgumentsTests
{
    [Theory]
    [InlineData("ns(x, 4)", 4)]
    [InlineData("ns(x, df = 4)", 4)]
    [InlineData("ns(x, knots = 2, 4)", 4)]
    [InlineData("ns(x, intercept = TRUE, 4)", 4)]
    [InlineData("ns(x)", null)]
    [InlineData("ns(x, df = NULL)", null)]
    [InlineData("ns(x, df = 0)", 0)]
    public void Whole_numbers_are_found_by_name_and_by_place(string text, int? df) => Assert.Equal(df, Of(text).Whole("df"));

    [Fact]
    public void What_stands_without_a_name_takes_the_places_that_names_have_left()
    {
        var arguments = Of("bs(log(x), degree = 2, 7, c(1, -2.5), TRUE)");
        Assert.Equal("log(x)", arguments.Argument.ToString());
        Assert.Equal(7, arguments.Whole("df"));
        Assert.Equal([1, -2.5], arguments.Numbers("knots")!);
        Assert.Equal(2, arguments.Whole("degree"));
        Assert.True(arguments.Flag("intercept", otherwise: false));
        Assert.Null(arguments.Numbers("Boundary.knots"));
    }

    [Theory]
    [InlineData("scale(x)", true, null)]
    [InlineData("scale(x, TRUE)", true, null)]
    [InlineData("scale(x, FALSE)", false, null)]
    [InlineData("scale(x, center = F)", false, null)]
    [InlineData("scale(x, 2.5)", true, 2.5)]
    [InlineData("scale(x, center = -3)", true, -3.0)]
    public void A_flag_may_be_a_number_in_its_place(string text, bool flag, double? number) =>
        Assert.Equal((flag, number), Of(text).FlagOrNumber("center"));

    [Fact]
    public void Levels_are_texts_and_numbers_are_written_as_such()
    {
        Assert.Equal(["low", "2.5", "-1"], Of("factor(x, levels = c(\"low\", 2.5, -1))").Texts("levels")!);
        Assert.Equal(["a"], Of("factor(x, \"a\")").Texts("levels")!);
        Assert.Null(Of("factor(x)").Texts("levels"));
    }

    [Theory]
    [InlineData("ns(x, degree = 3)", "cannot take \"degree = 3\"")]
    [InlineData("ns(x, dff = 3)", "Did you mean")]
    [InlineData("ns(x, df = 3, df = 4)", "cannot take \"df = 4\"")]
    [InlineData("scale(x, 1, 2, 3)", "too many arguments")]
    [InlineData("ns(df = 3)", "takes a column or an expression first")]
    public void What_does_not_belong_is_refused_with_the_arguments_there_are(string text, string words)
    {
        var exception = Assert.Throws<InputException>(() => Of(text));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ns(x, df = 2.5)", "a whole number from 0 to 1000")]
    [InlineData("ns(x, df = -1)", "a whole number from 0 to 1000")]
    [InlineData("ns(x, df = 1001)", "a whole number from 0 to 1000")]
    [InlineData("ns(x, df = \"4\")", "a whole number from 0 to 1000")]
    [InlineData("ns(x, df = z)", "a whole number from 0 to 1000")]
    public void A_value_of_another_kind_is_refused(string text, string need) =>
        Assert.Contains($"df of {text} has to be {need}.", Assert.Throws<InputException>(() => Of(text).Whole("df")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Numbers_flags_and_levels_of_another_kind_are_refused()
    {
        Assert.Contains("such as c(2, 5)", Refusal(() => Of("ns(x, knots = c(1, z))").Numbers("knots")), StringComparison.Ordinal);
        Assert.Contains("TRUE or FALSE", Refusal(() => Of("bs(x, intercept = 1)").Flag("intercept", false)), StringComparison.Ordinal);
        Assert.Contains("or a number", Refusal(() => Of("scale(x, \"a\")").FlagOrNumber("center")), StringComparison.Ordinal);
        Assert.Contains("c(\"low\", \"high\")", Refusal(() => Of("factor(x, c(a, b))").Texts("levels")), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_functions_that_learn_have_such_arguments()
    {
        Assert.All((string[])["ns", "bs", "scale", "factor"], function => Assert.True(CallArguments.AreOf(function)));
        Assert.All((string[])["log", "poly", "I", "Scale"], function => Assert.False(CallArguments.AreOf(function)));
    }

    private static string Refusal(Action ask) => Assert.Throws<InputException>(ask).Message;

    private static CallArguments Of(string text) =>
        new(Assert.IsType<Expression.Call>(FormulaParser.Parse($"y ~ {text}").Terms.SelectMany(term => term.Factors).Single()));
}
