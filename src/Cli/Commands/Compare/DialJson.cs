using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The dials as the arrays <c>dials</c> and <c>dialConclusions</c>.</summary>
internal static class DialJson
{
    /// <summary>Writes both; nothing where no dial was asked for.</summary>
    public static void Write(JsonResult json, IReadOnlyList<DialResult> dials)
    {
        if (dials.Count == 0)
        {
            return;
        }

        json.Objects("dials", dials.SelectMany(result => result.Points.Select(point => (result.Dial, Point: point))), entry =>
        {
            json.Text("dial", entry.Dial.Name);
            if (entry.Point.Value is { } value)
            {
                json.Number("value", value);
            }
            else
            {
                json.Text("value", entry.Point.Setting);
            }

            json.Integer("rung", entry.Point.Rung);
            json.Text("weighting", entry.Point.Weighting.Name);
            json.Text("scale", entry.Point.Scale);
            json.Text("treated", entry.Point.Question.Treated);
            json.Text("control", entry.Point.Question.Control);
            json.Text("tipping", entry.Point.Tips);
            json.Boolean("refuted", entry.Point.IsRefuted);
            FitOutput.Inference(json, entry.Point.Inference);
        });
        json.Texts("dialConclusions", dials.SelectMany(result => result.Conclusion));
    }
}
