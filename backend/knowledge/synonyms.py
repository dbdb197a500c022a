"""Words that customers use for the same thing, in any shop or service.

Help pages say “delivery” where customers say “postage”. Search adds the other words of a group to
a query's terms, at a lower weight than the words that were said. General to customer service;
nothing here may be about one company.
"""

from __future__ import annotations

import re
from functools import cache

from backend.words import normalise, terms

WEIGHT = 0.5

# One group a line; several words in one entry are a phrase, found in this order with up to two
# words between them (“send it back”).
_GROUPS = """
delivery, shipping, postage, dispatch, shipment
parcel, package, packet
courier, carrier, driver
refund, money back, reimburse, get back, pay back
return, send back, bring back, take back, give back, not like
exchange, swap, different size, other size, wrong size, bigger size, smaller size
cancel, call off, changed my mind, no longer want, not want anymore
damaged, broken, faulty, defective, ripped, torn, cracked, smashed, hole
repair, mend, fix
warranty, guarantee
promo code, voucher, coupon, discount code, promotion
discount, money off, cheaper, reduced, reduction
price, cost, charge, fee, set back, how much
free delivery, free shipping, free postage
invoice, receipt, bill
american express, amex
instalments, monthly, pay later, over months, spread cost
payment, pay, paid
phone, telephone, call, ring, hotline
contact, get in touch, reach you
email, e-mail, mail
store, shop, branch, showroom
opening hours, open, close, closing time
reset password, forgot password, forgotten password, cannot log in, can't log in, login
account, profile, login, sign in
personal data, privacy, gdpr, stored about me, hold about me, information about me
newsletter, marketing, unsubscribe, mailing list, stop sending
gift, present
lost, missing, vanished, disappeared, never arrived, not arrived, not come, gone
late, delayed, overdue, due last
missed delivery, was out, not home, not at home
size, sizing, fit, too small, too big, too large
measure, measurement
rent, rental, hire, borrow, alternative buying
collect, collection, pick up, click and collect
track, tracking, where is my order, where is my parcel
order status, status
change, amend, edit, modify, alter, switch, wrong
address, house number, postcode, moved house
out of stock, sold out, back in stock, unavailable
bulk, wholesale, group order, large order, for many
points, loyalty, rewards
kids, children, child, girl, boy, daughter, son, toddler
wash, clean, washing, laundry, washing machine
waterproof, rain, leak, soak
abroad, international, overseas, other countries, another country
complaint, complain, unhappy, manager, treated
declined, failed, rejected, not go through, doesn't work
pounds, quid, gbp
worn, used, wore
appointment, book, booking
safe, safety, dangerous
运费, 邮费, 快递费, 包邮, 配送费
配送, 送货, 快递, 寄, 发货, 送到, 物流
退货, 退回, 寄回, 不想要
退款, 退钱, 钱没到, 返钱
换货, 换, 调换, 买错, 尺码
取消, 后悔, 不要了, 撤单
损坏, 坏了, 破, 质量问题, 瑕疵
保修, 质保, 保, 三包
优惠码, 优惠券, 折扣, 打折
付款, 支付, 付, 结账
支付宝, 微信支付, 银联
发票, 收据
门店, 店, 实体店
营业时间, 几点, 开门, 关门
密码, 登录, 登不进, 登陆
丢失, 没收到, 不见, 没动, 丢件
查询, 追踪, 跟踪
地址, 改地址, 寄错
礼品卡, 购物卡
自取, 自提, 取货
国际, 海外, 国外
客服, 联系, 电话
租, 出租, 租赁
洗, 清洗, 洗衣机
"""


@cache
def _groups() -> tuple[tuple[tuple[re.Pattern[str], ...], frozenset[str]], ...]:
    made = []
    for line in _GROUPS.strip().splitlines():
        entries = [entry.strip() for entry in line.split(",")]
        patterns = tuple(re.compile(_pattern(entry)) for entry in entries)
        made.append((patterns, frozenset(term for entry in entries for term in terms(entry))))
    return tuple(made)


def _pattern(entry: str) -> str:
    if not entry.isascii():
        return re.escape(entry)
    words = [re.escape(word) + (r"\w{0,3}" if len(word) > 3 else "") for word in entry.split()]
    return r"\b" + r"(?:\W+\w+){0,2}?\W+".join(words) + r"\b"


def synonyms(query: str) -> frozenset[str]:
    """Index terms of the groups that the query has a member of, less those it has itself."""
    plain = normalise(query)
    met = (held for patterns, held in _groups() if any(p.search(plain) for p in patterns))
    return frozenset().union(*met) - frozenset(terms(query))
