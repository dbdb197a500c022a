"""What the shop sells: products, prices in pence, and each kind's warranty in years."""

from __future__ import annotations

from dataclasses import dataclass

from .company import in_chinese

WARRANTY_YEARS = {
    "backpack": 10,
    "sleeping bag": 5,
    "tent": 3,
    "clothing": 3,
    "poles": 3,
    "boots": 2,
    "stove": 2,
    "electronics": 1,
    "consumable": 0,
}
# Kinds that cannot come back unless they are faulty.
FINAL_SALE = {"consumable"}


@dataclass(frozen=True)
class Product:
    """``guide`` is the slug of the help article that one reads before buying it; ``chinese`` is
    the name in Chinese."""

    sku: str
    name: str
    kind: str
    price: int
    blurb: str
    guide: str
    chinese: str
    sizes: tuple[str, ...] = ("one size",)
    shown: bool = True

    @property
    def warranty_years(self) -> int:
        return WARRANTY_YEARS[self.kind]

    @property
    def picture(self) -> str:
        return f"demo/products/{self.sku.lower()}.svg"

    @property
    def price_text(self) -> str:
        pounds, pence = divmod(self.price, 100)
        return f"£{pounds}.{pence:02d}" if pence else f"£{pounds}"


PRODUCTS = (
    Product(
        "SKIDDAW",
        "Skiddaw Mid boots",
        "boots",
        16500,
        "Leather, waterproof lining, a sole that grips wet slate.",
        "boot-sizing",
        "Skiddaw 中帮徒步靴子",
        ("UK 6", "UK 7", "UK 8", "UK 9", "UK 10", "UK 11"),
    ),
    Product(
        "BORROWDALE",
        "Borrowdale shell jacket",
        "clothing",
        21000,
        "Three layers against sideways rain. Packs to the size of a loaf.",
        "jacket-sizing",
        "Borrowdale 硬壳冲锋夹克",
        ("S", "M", "L", "XL"),
    ),
    Product(
        "CAIRN55",
        "Cairn 55 backpack",
        "backpack",
        14000,
        "55 litres for several days, a hip belt that carries the load.",
        "backpack-sizing",
        "Cairn 55 背包",
        ("S", "M", "L"),
    ),
    Product(
        "TARN2",
        "Tarn 2 tent",
        "tent",
        28500,
        "Two people, three seasons, up in four minutes.",
        "tent-sizes",
        "Tarn 2 双人帐篷",
    ),
    Product(
        "EMBER5",
        "Ember −5 sleeping bag",
        "sleeping bag",
        19500,
        "Down for cold nights: comfort −5 °C.",
        "sleeping-bag-temperatures",
        "Ember −5 睡袋",
        ("regular", "long"),
    ),
    Product(
        "SPARK",
        "Spark stove",
        "stove",
        5800,
        "Boils a litre in four minutes and weighs 86 g.",
        "stove-safety",
        "Spark 便携炉子",
    ),
    Product(
        "RIDGE",
        "Ridge trekking poles",
        "poles",
        6400,
        "Folding aluminium, cork grips, a pair.",
        "warranty-lengths",
        "Ridge 登山杖",
    ),
    Product(
        "WREN",
        "Wren children's jacket",
        "clothing",
        5500,
        "Waterproof, with sleeves that grow by 4 cm.",
        "kids-sizing",
        "Wren 儿童冲锋夹克",
        ("98–104", "110–116", "122–128", "134–140", "146–152"),
    ),
    Product(
        "BEACON",
        "Beacon head torch",
        "electronics",
        3900,
        "",
        "warranty-lengths",
        "Beacon 头灯",
        shown=False,
    ),
    Product(
        "GAS230",
        "Gas canister 230 g",
        "consumable",
        750,
        "",
        "stove-safety",
        "230 克气罐",
        shown=False,
    ),
)
BY_SKU = {product.sku: product for product in PRODUCTS}
SHOWN = tuple(product for product in PRODUCTS if product.shown)


def local_name(sku: str, name: str) -> str:
    """The product's name in the language that the caller reads; ``name`` where it has none."""
    product = BY_SKU.get(sku)
    return product.chinese if product and in_chinese() else name


def sizes(sku: str) -> tuple[str, ...]:
    product = BY_SKU.get(sku)
    return product.sizes if product else ()
