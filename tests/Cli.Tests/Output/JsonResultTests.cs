using System.Text.Json;
using MarginalConditional.Cli.Output;

namespace MarginalConditional.Cli.Tests.Output;

public sealed class JsonResultTests
{
    [Fact]
    public void Numbers_read_back_to_the_same_bits()
    {
        double[] values = [Math.PI, 0.1, -1e-300, 5e-324, double.MaxValue, 1.0 / 3, 0];
        using var json = new JsonResult();
        json.Numbers("values", values);
        using var document = JsonDocument.Parse(json.Complete([]));
        var read = document.RootElement.GetProperty("values").EnumerateArray().Select(element => element.GetDouble()).ToArray();
        Assert.Equal(values, read);
    }

    [Fact]
    public void What_is_not_a_number_is_null_with_a_warning_that_says_why()
    {
        using var json = new JsonResult();
        json.Number("criterion", double.NaN);
        json.Object("correlation", () => json.Numbers("alpha", [0.5, double.PositiveInfinity, double.NaN]));
        json.Number("df", null);
        using var document = JsonDocument.Parse(json.Complete(["First."]));
        var root = document.RootElement;
        Assert.Equal(JsonValueKind.Null, root.GetProperty("criterion").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("correlation").GetProperty("alpha")[1].ValueKind);
        Assert.Equal(
            [
                "First.",
                "criterion is not a number, which JSON cannot carry, and is written as null.",
                "2 values of correlation.alpha are not finite numbers (infinite is the first), which JSON cannot carry, and are written as "
                    + "null.",
            ],
            root.GetProperty("warnings").EnumerateArray().Select(element => element.GetString()!));
    }

    [Fact]
    public void A_matrix_is_an_array_of_rows()
    {
        using var json = new JsonResult();
        json.Matrix("covariance", [1, 2, 3, 4, 5, 6], 3);
        using var document = JsonDocument.Parse(json.Complete([]));
        var rows = document.RootElement.GetProperty("covariance");
        Assert.Equal(2, rows.GetArrayLength());
        Assert.Equal(6, rows[1][2].GetDouble());
    }
}
