using System.Globalization;
using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>Small made data sets of ordered outcomes with random effects of every shape.</summary>
internal static class OrdinalShapes
{
    public static IReadOnlyDictionary<string, (string Random, int Nodes)> All { get; } = new Dictionary<string, (string Random, int Nodes)>
    {
        ["intercept"] = ("(1 | g)", 9),
        ["intercept by Laplace"] = ("(1 | g)", 1),
        ["slope"] = ("(1 + x | g)", 5),
        ["slope by Laplace"] = ("(1 + x | g)", 1),
        ["uncorrelated slope"] = ("(1 + x || g)", 5),
        ["nested"] = ("(1 | g/h)", 1),
        ["nested under a slope"] = ("(1 + x | g) + (1 | h:g)", 1),
        ["nested by quadrature"] = ("(1 | g/h)", 5),
        ["three nested"] = ("(1 | g/h/w)", 3),
        ["three nested with slopes"] = ("(1 | g) + (1 + x | h:g) + (1 | w:h:g)", 2),
        ["slopes nested under an intercept"] = ("(1 | g) + (1 + x | h:g)", 3),
        ["nested under slopes by quadrature"] = ("(1 + x | g) + (1 | h:g)", 4),
        ["nested under uncorrelated slopes"] = ("(1 + x || g) + (1 | h:g)", 3),
        ["crossed"] = ("(1 | g) + (1 | h)", 1),
        ["crossed slopes"] = ("(1 + x | g) + (0 + w | h)", 1),
    };

    /// <summary>A frame of four categories with the columns x, w, weights k and offset o.</summary>
    public static ModelFrame Frame(string formula, int seed, bool weighted = false, int groups = 7, int categories = 4)
    {
        var stream = new RandomStream((ulong)seed, 3, 0);
        var text = new StringBuilder("y,x,w,g,h,k,o\n");
        for (var g = 0; g < groups; g++)
        {
            for (var i = 0; i < 6; i++)
            {
                var x = Math.Round((2 * stream.NextUniform()) - 1, 3);
                var w = i % 2;
                var latent = x + (0.5 * w) + Math.Sin(g) + Math.Log(1 / ((1 / Math.Max(1e-9, stream.NextUniform())) - 1));
                var y = Math.Clamp((int)Math.Floor((latent + 3) / 6 * categories), 0, categories - 1) + 1;
                text.Append(CultureInfo.InvariantCulture, $"{y},{x},{w},{g},{(i + g) % 3},{1 + (i % 3)},{0.1 * i:F1}\n");
            }
        }

        return ModelFrameBuilder.Build(
            DatasetReader.Read("made", Encoding.UTF8.GetBytes(text.ToString())),
            new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                HasOrderedOutcome = true,
                Weights = weighted ? "k" : null,
                Offset = weighted ? "o" : null,
            });
    }

    public static OrdinalModel Model(string shape, string link, bool nominal, int seed)
    {
        var frame = Frame($"y ~ x + w + {All[shape].Random}", seed, weighted: true);
        return new OrdinalModel(frame, new OrdinalGlmmOptions
        {
            Link = CumulativeLink.TryParse(link, out var found) ? found : throw new ArgumentException(link, nameof(link)),
            Nodes = All[shape].Nodes,
            NominalColumns = nominal ? [2] : [],
        });
    }

    /// <summary>A parameter vector with thresholds in order and factors that are not zero.</summary>
    public static double[] Point(OrdinalModel model)
    {
        var point = new double[model.Map.ParameterCount];
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = j < model.Layout.Thresholds ? -1.1 + (1.3 * j)
                : j < model.Layout.Count ? 0.3 * Math.Sin(3 + (2.3 * j))
                : 0.6 + (0.3 * Math.Sin(7.1 * j));
        }

        return point;
    }
}
