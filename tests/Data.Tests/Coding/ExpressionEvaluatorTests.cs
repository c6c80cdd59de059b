using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary>An expression's column is its value row by row, and the first row of the file without one is named.</summary>
public sealed class ExpressionEvaluatorTests
{
    private static readonly Dataset Data = DatasetReader.Read(
        "small.csv", "x,y,arm\n0.5,-1,A\n2,3,B\n4,0.25,A\n9,-2,C\n1,1,B\n"u8.ToArray());

    public static TheoryData<string, Func<double, double, string, double>> Expressions => new()
    {
        { "x + 2 * y - x / y", (x, y, _) => x + (2 * y) - (x / y) },
        { "-x^2", (x, _, _) => -(x * x) },
        { "x^1.5 - -y", (x, y, _) => Math.Pow(x, 1.5) + y },
        { "log(x) + sqrt(x) * abs(y)", (x, y, _) => Math.Log(x) + (Math.Sqrt(x) * Math.Abs(y)) },
        { "I((x + y) / 2)", (x, y, _) => (x + y) / 2 },
        { "pmin(x, y, 1)", (x, y, _) => Math.Min(Math.Min(x, y), 1) },
        { "pmax(x, 3) - pmin(y)", (x, y, _) => Math.Max(x, 3) - y },
        { "(x > 1) + 2 * (y <= 1)", (x, y, _) => (x > 1 ? 1 : 0) + (y <= 1 ? 2 : 0) },
        { "(x == 2) + (x != y) + (x < y) + (x >= 4)", (x, y, _) =>
            (x == 2 ? 1 : 0) + (x != y ? 1 : 0) + (x < y ? 1 : 0) + (x >= 4 ? 1 : 0) },
        { "(arm == \"B\") - (arm != \"A\") * y", (_, y, arm) => (arm == "B" ? 1 : 0) - (arm == "A" ? 0 : y) },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_column_is_the_value_row_by_row(string text, Func<double, double, string, double> twin)
    {
        int[] rows = [4, 0, 3, 1, 2];
        var values = new double[rows.Length];
        ExpressionEvaluator.Evaluate(FormulaParser.ParseExpression(text), new FrameTable(Data, rows, Data.Header), values);
        double[] x = [0.5, 2, 4, 9, 1], y = [-1, 3, 0.25, -2, 1];
        string[] arms = ["A", "B", "A", "C", "B"];
        for (var i = 0; i < rows.Length; i++)
        {
            var expected = twin(x[rows[i]], y[rows[i]], arms[rows[i]]);
            Assert.Equal(expected, values[i], 1e-14 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void The_first_row_of_the_file_without_a_finite_value_is_named()
    {
        var problem = Assert.Throws<InputException>(() => ExpressionEvaluator.Evaluate(
            FormulaParser.ParseExpression("log(y)"), new FrameTable(Data, [4, 3, 0, 1, 2], Data.Header), new double[5]));
        Assert.Equal(2, problem.Line);
        Assert.Contains("y is -1", problem.Message, StringComparison.Ordinal);
    }
}
