using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

public sealed class LevelOrdersTests
{
    private const string Visits =
        "id,visit,y\n1,Week 12,1\n1,Baseline,0\n1,Week 2,3\n2,Baseline,1\n2,Week 2,0\n2,Week 12,5\n";

    [Fact]
    public void Text_waves_have_natural_order_in_waves_levels_and_rows_and_a_note_shows_it()
    {
        var frame = Build(Visits, "y ~ visit", "visit");
        Assert.Equal(["Baseline", "Week 2", "Week 12"], frame.WaveLabels);
        Assert.Equal([0, 3, 1, 1, 0, 5], frame.Response.ToArray());
        Assert.Equal([0, 1, 2, 0, 1, 2], frame.Waves.ToArray());
        Assert.Equal(["(Intercept)", "visitWeek 2", "visitWeek 12"], frame.Design.Names);
        Assert.Equal(
            ["The waves of visit are text, in this order: Baseline, Week 2, Week 12; --order \"visit=\u2026\" gives another."],
            frame.Notes);
    }

    [Fact]
    public void The_order_can_be_given()
    {
        var frame = Build(Visits, "y ~ visit", "visit", ("visit", ["Week 12", "Baseline", "Week 2"]));
        Assert.Equal(["Week 12", "Baseline", "Week 2"], frame.WaveLabels);
        Assert.Equal(["(Intercept)", "visitBaseline", "visitWeek 2"], frame.Design.Names);
        Assert.Equal([1, 0, 3, 5, 1, 0], frame.Response.ToArray());
        Assert.Empty(frame.Notes);
    }

    [Fact]
    public void Other_text_keeps_ordinal_order_unless_one_is_given()
    {
        Assert.Equal(["(Intercept)", "visitWeek 12", "visitWeek 2"], Build(Visits, "y ~ visit", null).Design.Names);
        Assert.Equal(
            ["(Intercept)", "visitBaseline", "visitWeek 12"],
            Build(Visits, "y ~ visit", null, ("visit", ["Week 2", "Baseline", "Week 12"])).Design.Names);
    }

    [Fact]
    public void Dates_of_ISO_8601_are_days()
    {
        var frame = Build("id,day,y\n1,2020-03-01,1\n1,2020-02-28,0\n2,2020-02-28,3\n2,2021-02-28,1\n", "y ~ 1", "day");
        Assert.Equal(["2020-02-28", "2020-03-01", "2021-02-28"], frame.WaveLabels);
        Assert.Equal([0, 2, 0, 366], frame.WaveValues.ToArray());
        Assert.Equal(["day is read as dates, 2020-02-28 to 2021-02-28, whose distances are days."], frame.Notes);
    }

    [Fact]
    public void Times_of_day_are_parts_of_days() => Assert.Equal(
        [0, 0.25],
        Build("id,at,y\n1,2020-03-01T12:30,1\n1,2020-03-01T06:30,0\n", "y ~ 1", "at").WaveValues.ToArray());

    [Theory]
    [InlineData("1/15/2020", "4/15/2020")]
    [InlineData("15.01.20", "15.04.20")]
    [InlineData("2020/1/15", "2020/4/15")]
    [InlineData("15JAN2020", "15APR2020")]
    [InlineData("Jan 15, 2020", "Apr 15, 2020")]
    [InlineData("2020-02-30", "2020-02-28")]
    [InlineData("Jan 2020", "Apr 2020")]
    public void Other_dates_are_refused_unless_their_order_is_given(string first, string second)
    {
        var text = $"id;when;y\n1;{first};1\n1;{second};0\n2;{second};2\n";
        var exception = Assert.Throws<InputException>(() => Build(text, "y ~ 1", "when"));
        Assert.StartsWith("The waves look like dates, such as \"", exception.Message, StringComparison.Ordinal);
        Assert.Equal("when", exception.Column);
        Assert.Contains("--order \"when=", exception.Hint, StringComparison.Ordinal);
        Assert.Equal([first, second], Build(text, "y ~ 1", "when", ("when", [first, second])).WaveLabels);
    }

    [Theory]
    [InlineData("visit", "Baseline|Week 2", "The order of visit lacks \"Week 12\".")]
    [InlineData("visit", "Baseline|Week 2|Week12", "The order of visit names \"Week12\", which does not occur. Did you mean \"Week 12\"?")]
    [InlineData("visit", "Baseline|Week 2|Week 12|Week 2", "The order of visit names a level twice.")]
    [InlineData("y", "0|1", "An order is given for y, but the column holds numbers.")]
    [InlineData("visits", "a|b", "There is no column \"visits\" in trial.csv. Did you mean \"visit\"?")]
    [InlineData("other", "a|b", "Column other is not used by the model, so that --order has no effect on it.")]
    public void Orders_that_do_not_fit_are_refused(string column, string levels, string message) => Assert.Equal(
        message,
        Assert.Throws<InputException>(() => Build(
            Visits.Replace(",y\n", ",y,other\n", StringComparison.Ordinal).Replace("0\n", "0,a\n", StringComparison.Ordinal)
                .Replace("1\n", "1,b\n", StringComparison.Ordinal).Replace("3\n", "3,a\n", StringComparison.Ordinal)
                .Replace("5\n", "5,b\n", StringComparison.Ordinal),
            "y ~ visit",
            "visit",
            (column, levels.Split('|')))).Message);

    [Fact]
    public void Numbers_asked_for_as_categories_are_still_times()
    {
        var data = DatasetReader.Read(
            "trial.csv",
            "id,t,y\n1,10,1\n1,9,0\n2,9,4\n2,10.5,2\n"u8.ToArray(),
            new DatasetReaderOptions { Factors = ["t"] });
        var frame = ModelFrameBuilder.Build(
            data,
            new FrameRequest { Formula = FormulaParser.Parse("y ~ 1"), Cluster = "id", Wave = "t", Factors = ["t"] });
        Assert.Equal([9, 10, 9, 10.5], frame.WaveValues.ToArray());
        Assert.Empty(frame.Notes);
    }

    private static ModelFrame Build(string text, string formula, string? wave, params (string Column, string[] Levels)[] orders) =>
        ModelFrameBuilder.Build(
            DatasetReader.Read("trial.csv", Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { Separator = null }),
            new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                Cluster = "id",
                Wave = wave,
                Orders = orders.ToDictionary(pair => pair.Column, pair => (IReadOnlyList<string>)pair.Levels, StringComparer.Ordinal),
            });
}
