using System.Globalization;
using System.Text;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Dropout;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>Sixty patients seen up to three times, who leave the more readily the lower what was seen of them.</summary>
internal sealed class LeavingPatients
{
    /// <summary>Draws them from a seed.</summary>
    public LeavingPatients(int seed)
    {
        var random = new Sequence(seed);
        var text = new StringBuilder("id,wave,y\n");
        for (var i = 1; i <= 60; i++)
        {
            var effect = random.Normal();
            for (var wave = 1; wave <= 3; wave++)
            {
                var y = 1 + effect + (0.5 * random.Normal());
                text.Append(CultureInfo.InvariantCulture, $"{i},{wave},{(y > 1 ? 1 : 0)}\n");
                if (random.Uniform() > 1 / (1 + Math.Exp(-0.2 - y)))
                {
                    break;
                }
            }
        }

        var data = DatasetReader.Read("dropout.csv", Encoding.UTF8.GetBytes(text.ToString()));
        Outcome = Frame(data, "y ~ factor(wave)");
        Staying = Frame(StayingData.AddTo(data, Outcome), "stays ~ y");
    }

    /// <summary>What was seen at each wave.</summary>
    public ModelFrame Outcome { get; }

    /// <summary>Who stayed after each wave.</summary>
    public ModelFrame Staying { get; }

    private static ModelFrame Frame(Dataset data, string formula) => ModelFrameBuilder.Build(
        data,
        new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id", Wave = "wave" });
}
